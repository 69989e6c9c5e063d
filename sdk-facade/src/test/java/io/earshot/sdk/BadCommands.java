package io.earshot.sdk;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallSecurity;
import io.earshot.api.CallSignals;
import io.earshot.api.IncomingCall;
import io.earshot.api.IncomingTransfer;
import io.earshot.api.OptionsQueries;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.PhoneNetwork;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.CallAudio;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.EncodedSource;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.Recordings;
import io.earshot.api.audio.Supervision;
import io.earshot.api.audio.Tone;
import io.earshot.api.chat.CallMessages;
import io.earshot.api.chat.Messages;
import io.earshot.api.presence.Presence;
import io.earshot.api.presence.Watch;
import io.earshot.api.presence.Watches;
import io.earshot.api.raw.RawSip;
import io.earshot.dsp.progress.TonePlan;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The rows of what phones, accounts and calls that live are told: alice has a call with bob, one that rings, and a transfer to decide. */
final class BadCommands extends BadArguments {
    private static final String NO_TARGET = "There is nobody to call: the target is empty.";

    private final Phone phone;
    private final Account alice;
    private final Call call;
    private final Call foreign;

    BadCommands(Rig rig) throws InterruptedException {
        phone = rig.phone();
        alice = phone.register(rig.config("alice"));
        Account bob = rig.registered("bob");
        BlockingQueue<IncomingTransfer> transfers = new LinkedBlockingQueue<>();
        alice.onTransfer(transfers::add);
        Rig.Talk talk = Rig.talk(alice, bob);
        call = talk.caller();
        foreign = talk.callee();
        foreign.transfer("carol");
        BlockingQueue<IncomingCall> ringing = Rig.ringing(alice);
        rig.registered("carol").dial("alice");
        subject(IncomingTransfer.class, Rig.take(transfers));
        subject(IncomingCall.class, Rig.take(ringing));
        addSubjects();
        builder();
        accounts();
        calls();
        audio();
        conferences();
        devices();
        recordings();
        packets();
        chat();
    }

    @SuppressWarnings("unchecked")
    private void addSubjects() {
        subject(Phone.class, phone);
        subject(PhoneBuilder.class, Phone.builder());
        subject(Account.class, alice);
        subject(Call.class, call);
        subject(AudioBridge.class, phone.bridge());
        subject(AudioPort.class, call.audio().port());
        subject(CallAudio.class, call.audio());
        subject(PcmSource.class, phone.bridge().pcmSource(8000, 100));
        subject(PcmSink.class, phone.bridge().pcmSink(8000, 100));
        subject(CallSecurity.class, call.security());
        subject(CallSignals.class, call.signals());
        subject(CallMessages.class, call.messages());
        subject(Messages.class, alice.messages());
        subject(OptionsQueries.class, alice.options());
        subject(Presence.class, alice.presence());
        subject(Watches.class, alice.watches());
        subject(Watch.class, alice.watches().line("bob"));
        subject(RawSip.class, phone.raw());
        subject(PhoneNetwork.class, phone.network());
    }

    private void target(String... keys) {
        wrong(" ", NO_TARGET, keys);
        wrong("tel:5", "The target 'tel:5' is no SIP address: write sip:user@domain.", keys);
        wrong("sip:bob@@example.com", "The target 'sip:bob@@example.com' is no SIP address: malformed URI \"sip:bob@@example.com\": "
                + "host missing.", keys);
    }

    private void builder() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("no-such-host.invalid", 5060);
        wrong(nowhere, "Cannot listen on 'no-such-host.invalid': no such host; write an address of this machine.", "PhoneBuilder.listen");
        String ports = "RTP ports must be an even number from 1024 up and a larger one up to 65535, not ";
        for (int priority : new int[] {0, 11}) {
            wrong(priority, "threadPriority " + priority + " is not between 1 and 10; 5 is usual", "PhoneBuilder.threadPriority");
        }
        sample(20_000, "PhoneBuilder.rtpPorts");
        sample(30_000, "PhoneBuilder.rtpPorts:2");
        wrong(20_001, ports + "20001 to 30000", "PhoneBuilder.rtpPorts");
        wrong(70_000, ports + "20000 to 70000", "PhoneBuilder.rtpPorts:2");
        wrong("a\nb", "userAgent must be one line of text, but has a line break after 1 characters: leave it out",
                "PhoneBuilder.userAgent");
        wrong(new String[] {""}, "names[0] must not be empty: write one line of text", "PhoneBuilder.codecs(String[])");
        wrong("", "backend must not be empty: write one line of text", "PhoneBuilder.audio(String)");
        wrong(new InetSocketAddress[] {nowhere}, "a DNS server is an IP address and a port from 1 up, as 192.0.2.1 and 53, not "
                + "no-such-host.invalid/<unresolved>:5060", "PhoneBuilder.dnsServers");
        fine("the folder is opened with the phone; ChatTest", "PhoneBuilder.dataFolder");
        wrong(Duration.ofMillis(1), "networkCheck must be 100 ms to 1 h, or zero for never, not 1 ms", "PhoneBuilder.networkCheck");
        wrong(Duration.ofSeconds(Long.MAX_VALUE), "closeTimeout must be 0 s to 1 h, not 9223372036854775807 s",
                "PhoneBuilder.closeTimeout");
        wrong("ws://127.0.0.1", "Cannot listen on 'ws://127.0.0.1' for WebSocket: write ws://address:port/path or "
                + "wss://address:port/path.", "PhoneBuilder.listenWebSocket");
        fine("any text is compared with what browsers say", "PhoneBuilder.webSocketOrigins");
        fine("any name is compared with hosts", "PhoneBuilder.webSocketHeader");
        wrong("a b", "the HTTP header 'a b' cannot be sent: its name or value has characters that are not allowed",
                "PhoneBuilder.webSocketHeader:2");
        wrong("a\nb", "the HTTP header 'sample' cannot be sent: its name or value has characters that are not allowed",
                "PhoneBuilder.webSocketHeader:3");
    }

    private void accounts() {
        target("Account.dial", "OptionsQueries.ask", "OptionsQueries.watch", "Watches.contact", "Watches.line",
                "Watches.mailbox", "Presence.allow", "Presence.deny", "Presence.showTo(String,PresenceStatus):1",
                "RawSip.send(Account,String,SipRequest):2");
        wrong(Duration.ofSeconds(1), "interval must be 3 s to 1 h, or zero to stop, not 1 s", "OptionsQueries.keepAlive(Duration)",
                "OptionsQueries.watch:2");
        wrong(Duration.ofHours(47), "The life of a subscription must be 10 s to 1 day, not 47 h.", "Watches.withExpires");
        wrong("F O", "The method 'F O' is no SIP method: write one word as OPTIONS.", "RawSip.accept", "RawSip.ignore");
        wrong("INVITE", "Requests of this method cannot be taken: INVITE is handled by the engine itself.", "RawSip.accept");
        wrong(foreign.account(), "The account to send from is not one of this phone's.", "RawSip.send(Account,String,SipRequest):1");
        wrong(foreign, "The call to send in is not one of this phone's.", "RawSip.send(Call,SipRequest):1");
    }

    private void calls() {
        target("Call.transfer", "IncomingCall.redirect");
        wrong(call, "A call cannot be transferred to itself; give another call.", "Call.transferTo");
        wrong(foreign, "The call to transfer to is not one of this phone's.", "Call.transferTo");
        wrong(foreign, foreign.audio().port() + " is no port of this phone's bridge: give one that this phone has made",
                "Call.conferenceWith");
        wrong(Duration.ofSeconds(-1), "timeout must be 0 s to 365 days, not -1 s", "Call.awaitAnswer");
        wrong(Duration.ofSeconds(Long.MAX_VALUE), "timeout must be 0 s to 365 days, not 9223372036854775807 s", "Call.awaitAnswer");
        wrong(Duration.ZERO, "longest must be 1 ms to 365 days, not 0 s", "Call.endAfter");
        wrong(Map.of("X-A", "1\r\nX-B: 2"), "A header cannot be sent: line break in the value of header X-A.", "Call.headers",
                "IncomingCall.reject:2");
        wrong("", "'' is no header name: write letters, digits and any of -.!%*_+`'~", "IncomingCall.header");
        wrong(302, "A call is refused with a status from 400 to 699, not 302.", "IncomingCall.reject");
        wrong(200, "A transfer is refused with a status from 400 to 699, not 200.", "IncomingTransfer.reject");
        wrong("1x", "'x' is no key: write 0 to 9, *, #, A to D, ! for a flash, or a space for a pause.", "CallSignals.sendDtmf");
        wrong("json", "'json' is no content type: write one such as application/json.", "CallSignals.sendInfo");
        wrong("XX", "There are no tones of the country 'XX'; there are " + String.join(", ", TonePlan.countries()) + ".",
                "CallSignals.listenForTones");
        sample("US", "CallSignals.listenForTones");
        sample(486, "IncomingCall.reject");
        sample("text/plain", "CallSignals.sendInfo");
        sample("1", "CallSignals.sendDtmf");
        fine("any text", "CallSignals.sendInfo:2");
    }

    private void audio() {
        AudioPort theirs = foreign.audio().port();
        AudioPort closed = phone.bridge().pcmSource(8000, 100);
        closed.close();
        String stranger = theirs + " is no port of this phone's bridge: give one that this phone has made";
        wrong(theirs, stranger, "AudioBridge.connect", "AudioBridge.connect:2", "CallAudio.connect");
        wrong(closed, closed + " is closed: make another", "AudioBridge.connect", "AudioBridge.connect:2", "CallAudio.connect");
        wrong(phone.bridge().pcmSink(8000, 100), "listener 8000 Hz is no source of sound: connect it as the sink", "AudioBridge.connect");
        wrong(phone.bridge().pcmSource(8000, 100), "program 8000 Hz is no sink of sound: connect it as the source",
                "AudioBridge.connect:2");
        wrong(Double.NaN, "gain must be -60 to +20 dB, not NaN", "AudioBridge.connect:3");
        fine("what is not connected stays so", "AudioBridge.disconnect", "AudioBridge.disconnect:2", "CallAudio.disconnect");
        Path none = Path.of("no-such-file.wav");
        sample(Path.of("no-such-folder", "x.wav"), "AudioBridge.recorder");
        wrong(none, "Cannot play no-such-file.wav: there is no such file.", "AudioBridge.file", "AudioBridge.play", "CallAudio.play(Path)",
                "CallAudio.play(Path,boolean):1");
        wrong(Path.of("src"), "Cannot play src: it is not a regular file.", "AudioBridge.file", "AudioBridge.play", "CallAudio.play(Path)",
                "CallAudio.play(Path,boolean):1");
        sample(8000, "AudioBridge.recorder(Path,int):2", "AudioBridge.pcmSource", "AudioBridge.pcmSink");
        sample(100, "AudioBridge.pcmSource:2", "AudioBridge.pcmSink:2");
        wrong(Path.of("pom.xml"), "Cannot record to pom.xml: the file exists already.", "AudioBridge.recorder", "CallAudio.record");
        wrong(Path.of("nowhere", "x.wav"), "Cannot record to nowhere/x.wav: there is no folder "
                + Path.of("nowhere").toAbsolutePath() + ".",
                "CallAudio.record");
        wrong(44_100, "sample rate must be 8000, 16000, 24000, 32000 or 48000, not 44100", "AudioBridge.recorder(Path,int):2",
                "CallAudio.play(InputStream,int):2",
                "AudioBridge.pcmSource", "AudioBridge.pcmSink", "CallAudio.input", "CallAudio.output");
        wrong(0, "buffer must be 40 to 60000 ms, not 0", "AudioBridge.pcmSource:2", "AudioBridge.pcmSink:2");
        for (String how : List.of("PcmSource.write", "PcmSource.offer", "PcmSink.read", "PcmSink.poll")) {
            sample(new short[80], how);
            wrong(new short[0], "offset 1 and samples 1 are outside the array of 0 samples", how);
            wrong(-1, "offset -1 and samples 1 are outside the array of 80 samples", how + ":2");
            wrong(Integer.MAX_VALUE, "offset 1 and samples 2147483647 are outside the array of 80 samples", how + ":3");
        }
    }

    private void conferences() {
        AudioPort own = call.audio().port();
        AudioPort program = phone.bridge().pcmSource(8000, 100);
        AudioPort listener = phone.bridge().pcmSink(8000, 100);
        AudioPort theirs = foreign.audio().port();
        AudioPort closed = phone.bridge().tone(Tone.of(440));
        closed.close();
        Conference room = phone.bridge().conference("board");
        subject(Conference.class, room);
        subject(Conference.Member.class, room.add(program));
        subject(Supervision.class, call.audio().supervise(listener, phone.bridge().device(), Supervision.Mode.LISTEN));
        sample(listener, "CallAudio.supervise");
        sample(phone.bridge().device(), "CallAudio.supervise:2");
        String stranger = theirs + " is no port of this phone's bridge: give one that this phone has made";
        wrong(theirs, stranger, "Conference.add", "CallAudio.supervise", "CallAudio.supervise:2");
        wrong(closed, closed + " is closed: make another", "Conference.add", "CallAudio.supervise", "CallAudio.supervise:2");
        wrong(own, "supervisor, agent and call must be three ports, not call 1, device and call 1", "CallAudio.supervise");
        wrong(own, "supervisor, agent and call must be three ports, not listener 8000 Hz, call 1 and call 1", "CallAudio.supervise:2");
        wrong(program, program + " is no sink of sound, and cannot hear as LISTEN wants: give a port that is source and sink",
                "CallAudio.supervise");
        wrong(Supervision.Mode.JOIN, listener + " is no source of sound, and cannot speak as JOIN wants: give a port that is source and "
                + "sink", "CallAudio.supervise:3", "Supervision.mode");
        wrong("a\nb", "name must be one line of text, but has a line break after 1 characters: leave it out", "AudioBridge.conference");
        fine("what is not in the conference stays out", "Conference.remove", "Conference.Member.whisperTo");
        for (double gain : new double[] {-61, 21, Double.NaN}) {
            wrong(gain, "gain must be -60 to +20 dB, not " + gain, "Conference.Member.inputGain", "Conference.Member.outputGain",
                    "CallAudio.incomingGain", "CallAudio.outgoingGain");
        }
    }

    private void devices() {
        subject(AudioDevices.class, phone.audioDevices());
        wrong(-1, "volume must be 0 to 100 percent, not -1", "AudioDevices.volume:2");
        wrong(101, "volume must be 0 to 100 percent, not 101", "AudioDevices.volume:2");
        Path none = Path.of("no-such-file.wav");
        wrong(none, "Cannot play no-such-file.wav: there is no such file.", "AudioBridge.preload");
        wrong(Path.of("src"), "Cannot play src: it is not a regular file.", "AudioBridge.preload");
        wrong(CallSounds.TELEPHONE.withRingtone(none), "Cannot play no-such-file.wav: there is no such file.", "Phone.callSounds");
        wrong(CallSounds.NONE.withHoldMusic(none), "Cannot play no-such-file.wav: there is no such file.", "Phone.callSounds");
        wrong(CallSounds.NONE.withCountry("ZZ"), "There are no tones of the country 'ZZ'; there are "
                + String.join(", ", TonePlan.countries()) + ".", "Phone.callSounds");
    }

    private void recordings() {
        subject(RecordingConfig.class, RecordingConfig.DEFAULT);
        subject(RecordingPolicy.class, RecordingPolicy.into(Path.of("target")));
        subject(Recordings.class, phone.recordings());
        wrong(Duration.ofSeconds(-1), "longest must be 0 s to 365 days, not -1 s", "RecordingConfig.longest",
                "RecordingConfig.withLongest");
        wrong(44_100, "sample rate must be 0, 8000, 16000, 24000, 32000 or 48000, not 44100", "RecordingConfig.sampleRate",
                "RecordingConfig.withSampleRate");
        fine("made when it is not there; RecordingsTest", "RecordingPolicy.folder", "RecordingPolicy.into");
        wrong("a/b", "prefix must be part of a file's name, without / and \\, not 'a/b'", "RecordingPolicy.prefix",
                "RecordingPolicy.withNaming:2");
        fine("what serves it is looked for when the policy is put into force; RecordingsTest", "RecordingPolicy.withUpload");
        wrong(foreign, "The call to record is not one of this phone's.", "Recordings.start", "Recordings.stop");
        fine("a file that is gone is told by an event; UploadQueueTest", "Recordings.upload");
        fine("a scheme that nothing serves is told by Failure.NoProvider; RecordingsTest", "Recordings.upload:2");
    }

    private void packets() {
        subject(MediaFeed.class, MediaFeed.PCM);
        subject(MediaQueue.class, phone.bridge().mediaQueue(5));
        subject(EncodedSource.class, call.audio().encodedInput("PCMU", false));
        wrong(0, "a queue must hold 1 to 100000 packets, not 0", "AudioBridge.mediaQueue");
        fine("a codec that is not there is told by Failure.NoProvider; ProgramAudioTest", "CallAudio.encodedInput");
        sample(new ByteArrayInputStream(new byte[0]), "CallAudio.play(InputStream,int):1");
        sample(8000, "CallAudio.play(InputStream,int):2");
        wrong(InetSocketAddress.createUnresolved("no-such-host.invalid", 5060), "Cannot send the call's sound to no-such-host.invalid port "
                + "5060: there is no host no-such-host.invalid.", "CallAudio.feed(MediaFeed,Side,InetSocketAddress):3");
        wrong("a\nb", "callId must be one line of text, but has a line break after 1 characters: leave it out", "MediaFeed.callId",
                "MediaFeed.withHeader:3");
        wrong(128, "the line must be 0 to 127, not 128", "MediaFeed.line", "MediaFeed.withHeader:2");
        wrong(Duration.ofSeconds(-1), "timeout must be 0 s to 365 days, not -1 s", "MediaQueue.poll");
        wrong(15, "frames must have 10 to 1000 ms, a multiple of 10, not 15", "PcmSink.frames");
        sample(new byte[80], "EncodedSource.write");
        wrong(new byte[0], "offset 1 and length 1 are outside the array of 0 bytes", "EncodedSource.write");
        wrong(-1, "offset -1 and length 1 are outside the array of 80 bytes", "EncodedSource.write:2");
        wrong(Integer.MAX_VALUE, "offset 1 and length 2147483647 are outside the array of 80 bytes", "EncodedSource.write:3");
    }

    private void chat() {
        target("Messages.send", "Messages.sendAsync", "Messages.typing", "Messages.stoppedTyping");
        wrong(List.of("bob", " "), NO_TARGET, "Messages.sendAll");
        String large = "a message has at most 32768 bytes, not 32769: send it in pieces";
        wrong("x".repeat(32_769), large, "Messages.send:2", "Messages.sendAsync(String,String):2", "CallMessages.send(String)");
        fine("unknown ones are not withdrawn", "Messages.withdraw");
    }
}
