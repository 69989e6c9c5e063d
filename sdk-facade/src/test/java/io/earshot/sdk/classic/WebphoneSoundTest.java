package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Call;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import webphone.webphone;

/** Sound by webphone. */
@Timeout(40)
class WebphoneSoundTest {
    private WebphoneRig rig;
    private webphone alice;
    private Call bob;
    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws InterruptedException {
        rig = new WebphoneRig("datafolder=" + folder).started();
        alice = rig.alice;
        rig.peer("bob");
        assertTrue(alice.API_Call(-1, "bob"));
        bob = rig.ringing().answer();
        rig.until("Speaking (0 sec)");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    /** Half a second of 500 Hz. */
    private static byte[] pcm() {
        ByteBuffer bytes = ByteBuffer.allocate(8_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4_000; i++) {
            bytes.putShort((short) (10_000 * Math.sin(2 * Math.PI * 500 * i / 8_000)));
        }
        return bytes.array();
    }

    private Path wav(String name) throws Exception {
        byte[] pcm = pcm();
        ByteBuffer head = ByteBuffer.allocate(44 + pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes()).putInt(36 + pcm.length).put("WAVEfmt ".getBytes()).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16).put("data".getBytes()).putInt(pcm.length).put(pcm);
        return Files.write(folder.resolve(name), head.array());
    }

    /** Waits until the peer hears something loud. */
    private void heard() throws InterruptedException {
        PcmSink ear = bob.audio().output(8_000);
        short[] samples = new short[160];
        for (boolean loud = false; !loud; ) {
            assertFalse(Thread.currentThread().isInterrupted(), "no sound came in time");
            int count = ear.read(samples, 0, samples.length);
            assertTrue(count > 0, "the call is over");
            for (int i = 0; i < count; i++) {
                loud |= Math.abs(samples[i]) > 5_000;
            }
        }
        ear.close();
    }

    @Test
    @Proves({"API_PlaySound", "notification/PLAYREADY"})
    void aFileIsPlayedToThePeer() throws Exception {
        wav("mysound.wav");
        assertTrue(alice.API_PlaySound(-1, "mysound.wav"));
        assertTrue(alice.API_PlaySound(1, "mysound.wav", 0, false, false, true, -1));
        heard();
        assertEquals("PLAYREADY,1," + bob.callId(), rig.until("PLAYREADY"));
        assertTrue(alice.API_PlaySound(1, "mysound.wav", 1, false, false, true, -1, "", false));
        heard();
        assertTrue(alice.API_PlaySound(0, "", 0, false, false, false, -1, "", false));
        assertTrue(alice.API_PlaySound(1, "mysound.wav", 0, false, false, false, -1, "", false), "here");
        assertFalse(alice.API_PlaySound(1, "nosuchfile.wav", 0, false, false, true, -1));
        rig.until("ERROR,Cannot play nosuchfile.wav");
    }

    @Test
    @Proves({"API_StreamSoundBuff", "API_StreamSoundStream"})
    void theProgramsOwnSoundIsHeard() throws Exception {
        assertTrue(alice.API_StreamSoundBuff(1, -1, pcm(), 8_000));
        heard();
        assertTrue(alice.API_StreamSoundBuff(0, -1, new byte[0], 0));
        assertTrue(alice.API_StreamSoundStream(1, -1, new ByteArrayInputStream(pcm())));
        heard();
        assertTrue(alice.API_StreamSoundStream(0, -1, new ByteArrayInputStream(new byte[0])));
        assertFalse(alice.API_StreamSoundBuff(1, 5, pcm(), 0), "there is no such line");
    }

    @Test
    @Proves({"API_GetMedia", "API_GetMediaEnd"})
    void whatPeersSayIsFetched() throws Exception {
        bob.audio().play(Tone.of(500));
        byte[] packet = alice.API_GetMedia(5_000);
        assertEquals(320, packet.length);
        for (boolean loud = false; !loud; ) {
            ByteBuffer samples = ByteBuffer.wrap(alice.API_GetMedia(5_000)).order(ByteOrder.LITTLE_ENDIAN);
            while (samples.remaining() >= 2) {
                loud |= Math.abs(samples.getShort()) > 2_000;
            }
        }
        assertTrue(alice.API_GetMediaEnd());
        assertFalse(alice.API_GetMediaEnd());
    }

    @Test
    void soundOfAProgramIsWideWhereThatIsSaid() throws Exception {
        assertTrue(alice.API_SetParameter("playbacksteamformat", "1"));
        PcmSink ear = bob.audio().output(8_000);
        assertTrue(alice.API_StreamSoundBuff(1, -1, pcm(), 8_000));
        short[] window = new short[800];
        double heard = 0;
        while (heard < 400) { // the rig's own limit ends a wait for nothing
            assertTrue(ear.read(window, 0, window.length) > 0, "the call is over");
            boolean loud = ToneAnalyzer.levelDbfs(window, 0, window.length, 8_000, 1_000) > -30
                    || ToneAnalyzer.levelDbfs(window, 0, window.length, 8_000, 500) > -30;
            heard = loud ? ToneAnalyzer.dominantHz(window, 0, window.length, 8_000) : 0;
        }
        assertEquals(1_000, heard, 60, "500 Hz at 8 kHz are 1,000 Hz at 16");
        ear.close();
    }

    @Test
    @Proves({"API_VoiceRecord", "API_GetLastRecFileName", "API_RecFiles_Del", "notification/VREC", "vrec-stage/1", "vrec-stage/2",
        "vrec-stage/3", "vrec-type/0", "vrec-type/1", "vrec-source/USER"})
    void aCallIsRecorded() throws Exception {
        assertEquals("", alice.API_GetLastRecFileName(""));
        assertTrue(alice.API_VoiceRecord(1, 0, "talk", -2));
        assertEquals("VREC,1,1,0,,,USER", rig.until("VREC"));
        String file = folder.resolve("talk.wav").toString();
        WebphoneRig.await("sound in the file", () -> Path.of(file).toFile().length() > 1_000);
        assertTrue(alice.API_VoiceRecord(0, 2, ""));
        assertEquals("VREC,-1,2,1," + file + ",,USER", rig.until("VREC"));
        assertEquals("VREC,-1,3,1," + file + ",,USER", rig.until("VREC"));
        assertEquals(file, alice.API_GetLastRecFileName("1"));
        assertTrue(Files.size(Path.of(file)) >= 44);
        assertFalse(alice.API_VoiceRecord(1, 0, "talk", -1), "the file is there already");
        assertTrue(alice.API_PlaySound(1, "lastvoicerecord"), () -> rig.errors());
        assertTrue(alice.API_RecFiles_Del());
        assertFalse(Files.exists(Path.of(file)));
        assertFalse(alice.API_VoiceRecord(0, 0, ""), "nothing is being recorded");
    }

    @Test
    @Proves("vrec-source/AUTO")
    void everyCallIsRecordedWhenItIsWanted() throws Exception {
        assertTrue(alice.API_Hangup(-1));
        rig.until("STATUS,1,Finished");
        assertTrue(alice.API_SetParameters("voicerecording=1\r\nvoicerecfilename=4\r\nvoicerecfilenameprefix=desk\r\ndisablesamecall=0"));
        assertTrue(alice.API_Call(-1, "bob"));
        rig.ringing().answer();
        assertEquals("VREC,1,1,0,,,AUTO", rig.until("VREC"));
        assertTrue(alice.API_Hangup(-1));
        String done = rig.until("VREC,-1,3");
        assertTrue(done.matches("VREC,-1,3,1,.*/desk[0-9]{14}_alice_bob_[0-9]+\\.wav,,AUTO"), done);
    }

    @Test
    @Proves({"API_VAD", "notification/VAD", "notification/VAD (per line)"})
    void whoSpeaksIsTold() throws Exception {
        assertEquals("local_vad: OFF local_avg: 0 local_max: 0 local_speaking: no remote_vad: ON remote_avg: 0 "
                + "remote_max: 0 remote_speaking: no",
                new webphone().API_VAD(0));
        assertTrue(alice.API_SetParameters("vadstat=4\r\nvadstat_ival=1000\r\nvad=4"));
        bob.audio().play(Tone.of(500));
        wav("loud.wav");
        assertTrue(alice.API_PlaySound(1, "loud.wav", 1, false, false, true, -1));
        String told = rig.until("VAD,local_vad: ON");
        for (int i = 0; i < 20 && !told.matches(".*local_max: [1-9].* local_speaking: yes .*remote_speaking: yes"); i++) {
            told = rig.until("VAD,local_vad: ON");
        }
        assertTrue(told.matches("VAD,local_vad: ON local_avg: \\d+ local_max: \\d+ local_speaking: yes remote_vad: ON remote_avg: \\d+ "
                + "remote_max: \\d+ remote_speaking: yes"), told);
        assertTrue(alice.API_SetParameter("vadbyline", true));
        assertTrue(rig.until("VAD,line").matches("VAD,line: 1 remote_vad: ON remote_avg: \\d+ remote_max: \\d+ remote_speaking: (yes|no)"));
        assertTrue(alice.API_VAD(1).startsWith("line: 1 remote_vad: ON"));
    }

    @Test
    @Proves({"API_SetVolume", "API_GetVolume", "API_GetAudioDevice", "API_SetAudioDevice", "API_GetAudioDeviceList"})
    void devicesAndVolumesAreChosen() throws Exception {
        assertEquals(50, alice.API_GetVolume(1));
        assertTrue(alice.API_SetVolume(1, 80));
        assertEquals(80, alice.API_GetVolume(1));
        assertFalse(alice.API_SetVolume(1, 101));
        assertEquals(-1, alice.API_GetVolume(7));
        assertEquals("Default", alice.API_GetAudioDevice(2));
        assertTrue(alice.API_SetAudioDevice(2, "All", 2));
        assertEquals("All", alice.API_GetAudioDevice(2));
        assertTrue(alice.API_SetAudioDevice(0, "Headset", 0));
        assertEquals("Headset", alice.API_GetAudioDevice(0));
        assertTrue(alice.API_SetAudioDevice(0, "0"), "0 is the default");
        assertEquals("Default", alice.API_GetAudioDevice(0));
        int there = alice.API_GetAudioDeviceList(1).isEmpty() ? 0 : alice.API_GetAudioDeviceList(1).split("\r\n").length;
        assertFalse(there < 9 && alice.API_SetAudioDevice(1, "9", 0));
        assertFalse(alice.API_SetAudioDevice(5, "x", 0));
    }
}
