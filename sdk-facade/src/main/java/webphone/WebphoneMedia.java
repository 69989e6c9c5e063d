package webphone;

import java.io.InputStream;

/** The functions of sound. */
abstract class WebphoneMedia extends WebphoneTexts {
    WebphoneMedia(String[] parameters) {
        super(parameters);
    }

    /** Records: 0 stop, 1 to a file, 4 as voicerecording says. */
    public boolean API_VoiceRecord(int startstop, int now, String filename, int line) {
        return yes("API_VoiceRecord", startstop, now, filename, line);
    }

    /** The same without line. */
    public boolean API_VoiceRecord(int startstop, int now, String filename) {
        return yes("API_VoiceRecord", startstop, now, filename);
    }

    /** The same without now, filename, line. */
    public boolean API_VoiceRecord(int startstop) {
        return yes("API_VoiceRecord", startstop);
    }

    /** The same without filename, line. */
    public boolean API_VoiceRecord(int startstop, int now) {
        return yes("API_VoiceRecord", startstop, now);
    }

    /** Plays a sound file here or to the peer: 1 start, 0 stop, -1 look whether it can be. */
    public boolean API_PlaySound(int start, String file, int looping, boolean async, boolean islocal,
            boolean toremotepeer, int line, String audiodevice, boolean isring) {
        return yes("API_PlaySound", start, file, looping, async, islocal, toremotepeer, line, audiodevice, isring);
    }

    /** The same without audiodevice, isring. */
    public boolean API_PlaySound(int start, String file, int looping, boolean async, boolean islocal, boolean toremotepeer, int line) {
        return yes("API_PlaySound", start, file, looping, async, islocal, toremotepeer, line);
    }

    /** The same without looping, async, islocal, toremotepeer, line, audiodevice, isring. */
    public boolean API_PlaySound(int start, String file) {
        return yes("API_PlaySound", start, file);
    }

    /** Sends 16 bit PCM to the peer, 8 or 16 kHz as its codec is; 0 stops it. */
    public boolean API_StreamSoundBuff(int start, int line, byte[] buff, int len) {
        return yes("API_StreamSoundBuff", start, line, buff, len);
    }

    /** The same without len. */
    public boolean API_StreamSoundBuff(int start, int line, byte[] buff) {
        return yes("API_StreamSoundBuff", start, line, buff);
    }

    /** Sends 16 bit PCM from a stream to the peer. */
    public boolean API_StreamSoundStream(int start, int line, InputStream stream) {
        return yes("API_StreamSoundStream", start, line, stream);
    }

    /** Waits for a packet of what peers say, so many ms: 20 ms of 16 bit PCM at 8 kHz. */
    public byte[] API_GetMedia(int timeout) {
        return bytes("API_GetMedia", timeout);
    }

    /** The same without timeout. */
    public byte[] API_GetMedia() {
        return bytes("API_GetMedia");
    }

    /** Ends what API_GetMedia began. */
    public boolean API_GetMediaEnd() {
        return yes("API_GetMediaEnd");
    }

    /** Sends video; there is none in this version. */
    public boolean API_SendVideoRTP(int line, byte[] buff, int len) {
        return yes("API_SendVideoRTP", line, buff, len);
    }

    /** Returns the file that was recorded last, by line or Call-ID. */
    public String API_GetLastRecFileName(String line) {
        return text("API_GetLastRecFileName", line);
    }

    /** The same without line. */
    public String API_GetLastRecFileName() {
        return text("API_GetLastRecFileName");
    }

    /** Deletes the recordings of this program. */
    public boolean API_RecFiles_Del() {
        return yes("API_RecFiles_Del");
    }

    /** Opens a window to choose sound devices; needs a display and the module softphone. */
    public boolean API_AudioDevice() {
        return yes("API_AudioDevice");
    }

    /** Returns the sound devices with CRLF between: 0 recording, 1 playback. */
    public String API_GetAudioDeviceList(int dev) {
        return text("API_GetAudioDeviceList", dev);
    }

    /** Returns the sound device in use: 0 recording, 1 playback, 2 ringing. */
    public String API_GetAudioDevice(int dev) {
        return text("API_GetAudioDevice", dev);
    }

    /** Chooses a sound device by name or number: 0 recording, 1 playback, 2 ringing. */
    public boolean API_SetAudioDevice(int dev, String devicename, int immediate) {
        return yes("API_SetAudioDevice", dev, devicename, immediate);
    }

    /** The same without immediate. */
    public boolean API_SetAudioDevice(int dev, String devicename) {
        return yes("API_SetAudioDevice", dev, devicename);
    }

    /** Sets a volume, 0 to 100: 0 microphone, 1 speaker, 2 ringing. */
    public boolean API_SetVolume(int dev, int volume) {
        return yes("API_SetVolume", dev, volume);
    }

    /** Returns a volume, 0 to 100: 0 microphone, 1 speaker, 2 ringing. */
    public int API_GetVolume(int dev) {
        return number("API_GetVolume", dev);
    }

    /** Returns who speaks how loudly; it is not told by itself from then on. */
    public String API_VAD(int line) {
        return text("API_VAD", line);
    }

    /** The same without line. */
    public String API_VAD() {
        return text("API_VAD");
    }
}
