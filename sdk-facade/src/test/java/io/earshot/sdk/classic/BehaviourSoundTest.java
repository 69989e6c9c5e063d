package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallQuality;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Phone;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Playout;
import io.earshot.api.audio.VoiceProcessing;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import webphone.webphone;

/** Behaviours of sound, devices and streams; their numbers are those of docs/behaviours.md. */
@Timeout(40)
class BehaviourSoundTest {
    @TempDir
    private Path folder;

    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @Test
    void b082AFileThatIsNoSoundLeavesTheRingToneThatIsBuiltIn() throws Exception {
        Files.writeString(folder.resolve("bad.wav"), "no sound at all");
        try (WebphoneRig rig = new WebphoneRig("ringtone=" + folder.resolve("bad.wav")).started()) {
            rig.peer("bob").dial("alice");
            rig.until("Incoming...");
            Phone phone = rig.alice.phone().running().orElseThrow().phone();
            WebphoneRig.await("a tone", () -> phone.bridge().connections().stream()
                    .anyMatch(edge -> edge.source().name().equals("ring") && edge.sink().name().equals("ringer")));
            assertTrue(rig.told().stream().anyMatch(line -> line.contains("WARNING,Cannot play " + folder.resolve("bad.wav"))));
            assertTrue(rig.alice.API_Reject(-1));
        }
    }

    @Test
    void b154TheProfilesOfJittersizeGrow() {
        List<Playout> sizes = new ArrayList<>();
        for (int size = 0; size <= 6; size++) {
            sizes.add(ClassicMedia.settings(parse("jittersize=" + size)).playout());
        }
        assertEquals(ClassicMedia.settings(parse()).playout(), sizes.get(3), "3 is the standard");
        for (int i = 1; i < sizes.size(); i++) {
            assertTrue(sizes.get(i).least().compareTo(sizes.get(i - 1).least()) > 0, "least of " + i);
            assertTrue(sizes.get(i).most().compareTo(sizes.get(i - 1).most()) > 0, "most of " + i);
        }
        assertEquals(0, sizes.get(0).least().toMillis());
        assertEquals(20, sizes.get(0).most().toMillis(), "next to none");
    }

    // ---- headsets

    /** Devices of which only the speaker's name matters. */
    private static final class Devices {
        final List<String> names;
        List<String> used = List.of();
        VoiceProcessing now = VoiceProcessing.ALL;
        DeviceChoice choice = DeviceChoice.DEFAULT;

        Devices(String... names) {
            this.names = List.of(names);
        }

        Phone phone() {
            AudioDevices devices = (AudioDevices) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {AudioDevices.class},
                    (proxy, method, given) -> switch (method.getName()) {
                        case "names" -> given[0] == Role.SPEAKER ? names : List.of();
                        case "inUse" -> used;
                        case "choice" -> choice;
                        default -> given == null ? now : (now = (VoiceProcessing) given[0]) == null;
                    });
            return (Phone) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Phone.class},
                    (proxy, method, given) -> devices);
        }
    }

    @ParameterizedTest
    @CsvSource({"Plantronics Headset, true", "Bluetooth HEADPHONES, true", "Earbuds Pro, true", "Jabra Earphone, true", "AirPods, true",
        "Speakers (Realtek Audio), false", "HDMI, false", "Header [hw:0], false"})
    void b165HeadsetsAreKnownByTheirNames(String device, boolean headset) {
        assertEquals(headset, ClassicHeadset.isOne(device));
    }

    @Test
    void b165EchoIsNotTakenOutWhereCallsAreHeardInAHeadset() {
        Devices devices = new Devices("USB Headset", "Speakers");
        ClassicHeadset.apply(parse(), devices.phone());
        assertFalse(devices.now.echoCancellation() || devices.now.echoSuppression() || devices.now.howlingGuard());
        assertTrue(devices.now.gainControl() && devices.now.noiseSuppression() > 0, "the rest stays");
        devices.used = List.of("Speakers");
        ClassicHeadset.apply(parse(), devices.phone());
        assertTrue(devices.now.echoCancellation(), "the one in use counts");
        devices.used = List.of();
        devices.choice = DeviceChoice.named("Speak");
        ClassicHeadset.apply(parse(), devices.phone());
        assertTrue(devices.now.echoCancellation(), "then the one that is chosen");
        devices.choice = DeviceChoice.NONE;
        ClassicHeadset.apply(parse(), devices.phone());
        assertTrue(devices.now.echoCancellation());
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "3"})
    void b165OnlyAecOneGuesses(int aec) {
        Devices devices = new Devices("USB Headset");
        ClassicHeadset.apply(parse("aec=" + aec), devices.phone());
        assertEquals(VoiceProcessing.ALL, devices.now, "nothing was changed by a guess");
        assertEquals(aec > 0, ClassicVoice.processing(parse("aec=" + aec)).echoCancellation());
    }

    @Test
    void b165ACallAsksForIt() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("aec=1", "agc=0").started()) {
            rig.peer("bob");
            Phone phone = rig.alice.phone().running().orElseThrow().phone();
            phone.audioDevices().processing(VoiceProcessing.NONE);
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            WebphoneRig.await("the processing of the parameters", () -> phone.audioDevices().processing()
                    .equals(ClassicVoice.processing(rig.alice.phone().parameters())));
        }
    }

    // ---- files and streams

    private Path tone(String name, double hz) throws Exception {
        ByteBuffer head = ByteBuffer.allocate(44 + 64_000).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 64_000).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16).putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII)).putInt(64_000);
        for (int i = 0; i < 32_000; i++) {
            head.putShort((short) (10_000 * Math.sin(2 * Math.PI * hz * i / 8_000)));
        }
        return Files.write(folder.resolve(name), head.array());
    }

    /** Listens until this tone is by far the louder of the two. */
    private static void hears(Call call, double wanted, double other) throws InterruptedException {
        PcmSink ear = call.audio().output(8_000);
        short[] samples = new short[1_600];
        for (int turn = 0; turn < 100; turn++) {
            for (int n = 0; n < samples.length; n += ear.read(samples, n, samples.length - n)) {
                continue;
            }
            if (power(samples, wanted) > 1e6 && power(samples, wanted) > 100 * power(samples, other)) {
                ear.close();
                return;
            }
        }
        throw new AssertionError("no tone of " + wanted + " Hz came");
    }

    private static double power(short[] samples, double hz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < samples.length; i++) {
            real += samples[i] * Math.cos(2 * Math.PI * hz * i / 8_000);
            imaginary += samples[i] * Math.sin(2 * Math.PI * hz * i / 8_000);
        }
        return (real * real + imaginary * imaginary) / samples.length;
    }

    @Test
    void b167TwoCallsHearTwoFilesAtOnce() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder, "singleaudiostream=0").started()) {
            rig.peer("bob");
            rig.peer("carol");
            assertTrue(rig.alice.API_Call(1, "bob"));
            Call bob = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertTrue(rig.alice.API_Call(2, "carol"));
            Call carol = rig.ringing().answer();
            rig.until("STATUS,2,Speaking");
            assertTrue(rig.alice.API_PlaySound(1, tone("low.wav", 500).getFileName().toString(), 1, false, false, true, 1));
            assertTrue(rig.alice.API_PlaySound(1, tone("high.wav", 1_500).getFileName().toString(), 1, false, false, true, 2));
            hears(bob, 500, 1_500);
            hears(carol, 1_500, 500);
        }
    }

    @Test
    void b170WhatWeSayGoesToAPortOfItsOwn() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ear.setSoTimeout(10_000);
            try (WebphoneRig rig = new WebphoneRig("sendmediaout_to=" + ear.getLocalPort(), "sendmedia_type=2", "sendmedia_line=1",
                    "sendmedia_marks=1", "audiosource=tone:500").started()) {
                rig.peer("bob");
                assertTrue(rig.alice.API_Call(-1, "bob"));
                rig.ringing().answer();
                rig.until("Speaking (0 sec)");
                DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
                ear.receive(packet);
                assertEquals("1,BOF", new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII));
                boolean loud = false;
                for (int n = 0; n < 200 && !loud; n++) {
                    packet.setLength(2_000);
                    ear.receive(packet);
                    ByteBuffer pcm = ByteBuffer.wrap(packet.getData(), 2, packet.getLength() - 2).order(ByteOrder.LITTLE_ENDIAN);
                    while (pcm.remaining() >= 2) {
                        loud |= Math.abs(pcm.getShort()) > 1_000;
                    }
                }
                assertTrue(loud, "our tone is in it");
            }
        }
    }

    @Test
    void b173WhatNobodyAsksForIsKeptNoLonger() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            ClassicEar ear = rig.alice.phone().parts().player().ear();
            assertEquals(320, rig.alice.API_GetMedia(5_000).length);
            ear.onSecond();
            assertTrue(ear.isOpen(), "it was asked for just now");
            for (int second = 0; second < ClassicEar.PATIENCE_SECONDS; second++) {
                ear.onSecond();
            }
            assertFalse(ear.isOpen());
            assertFalse(rig.alice.API_GetMediaEnd());
            assertEquals(320, rig.alice.API_GetMedia(5_000).length, "asking again begins anew");
        }
    }

    @Test
    void b200ACallThatIsEncryptedIsSaidToBe() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("mediaencryption=2").started();
                Phone phone = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open()) {
            Account bob = phone.register(AccountConfig.of(rig.server.uri("bob"), "bob-secret")
                    .withEncryption(MediaEncryption.SDES.withKeysInClear()));
            bob.onCall(call -> call.answer());
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.until("STATUS,1,Speaking");
            WebphoneRig.await("encryption", () -> rig.alice.API_IsEncrypted() >= 1);
            Call call = rig.alice.phone().parts().lines().find(1).orElseThrow().call();
            assertEquals(MediaEncryption.KeyMethod.SDES, call.encryption().orElseThrow().keys());
            rig.alice.phone().parts().lines().find(1).orElseThrow().say();
            String[] fields = rig.until("STATUS,1,Speaking").split(",");
            assertEquals(Integer.toString(rig.alice.API_IsEncrypted()), fields[13], String.join(",", fields));
        }
    }

    @Test
    void b205AStatusLineComesAgainWithEachReportOnTheSound() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            ClassicLine line = rig.alice.phone().parts().lines().find(1).orElseThrow();
            for (int i = 0; i < 2; i++) {
                line.on(new CallEvent.Quality(new CallEvent.Header(1, 1, Instant.EPOCH), CallQuality.NONE));
                rig.until("STATUS,1,Speaking");
                rig.until("STATUS,-1,In Call (");
            }
        }
    }

    @Test
    void b181RecordingsGoToTheHomeOfTheUserWhereTheProgramsFolderCannotBeWritten() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), "a file, no folder");
        ClassicFolder data = new ClassicFolder(() -> parse(), program);
        assertEquals(data.home(), data.path());
        assertTrue(data.home().startsWith(System.getProperty("user.home")));
        Path usable = Files.createDirectory(folder.resolve("usable"));
        assertEquals(usable.resolve("mwphonedata"), new ClassicFolder(() -> parse(), usable).path());
        assertEquals(folder.resolve("chosen"), new ClassicFolder(() -> parse("datafolder=" + folder.resolve("chosen")), program).path());
        assertFalse(new webphone().API_GetAltWorkdir().isEmpty());
    }
}
