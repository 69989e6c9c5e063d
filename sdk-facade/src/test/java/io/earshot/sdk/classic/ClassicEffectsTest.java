package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single parameters do: tones, early media, further accounts, who is listened to, streams of RTP. */
@Timeout(30)
class ClassicEffectsTest {
    @TempDir
    Path folder;

    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    // ---- tones

    @ParameterizedTest
    @CsvSource({"playring=0, false BEEP false false true FAILURE_IN_SILENCE NEVER",
        "playring=1, true BEEP false false true FAILURE_IN_SILENCE NEVER",
        "playring=2, true BEEP true false true FAILURE_IN_SILENCE NEVER",
        "ringincall=0, true NOTHING true false true FAILURE_IN_SILENCE NEVER",
        "ringincall=2, true RING true false true FAILURE_IN_SILENCE NEVER",
        "nostopring=1, true BEEP true true true FAILURE_IN_SILENCE NEVER",
        "changesptoring=1, true BEEP true false false FAILURE_IN_SILENCE NEVER",
        "playdisc=0, true BEEP true false true NEVER NEVER",
        "playdisc=2, true BEEP true false true FAILURE NEVER",
        "playdisc=3, true BEEP true false true EVERY_CALL NEVER",
        "beeponconnect=1, true BEEP true false true FAILURE_IN_SILENCE NEVER",
        "beeponconnect=1 autoaccept=true, true BEEP true false true FAILURE_IN_SILENCE INCOMING",
        "beeponconnect=2, true BEEP true false true FAILURE_IN_SILENCE INCOMING",
        "beeponconnect=3, true BEEP true false true FAILURE_IN_SILENCE OUTGOING",
        "beepconnect=4, true BEEP true false true FAILURE_IN_SILENCE ALWAYS"})
    void tonesAreParameters(String arguments, String wanted) {
        CallSounds sounds = ClassicTones.sounds(parse(arguments.split(" ")), folder);
        assertEquals(wanted, String.join(" ", String.valueOf(sounds.ring()), sounds.whileTalking().name(),
                String.valueOf(sounds.ringback()), String.valueOf(sounds.ringOverMedia()), String.valueOf(sounds.ringOnProgress()),
                sounds.ending().name(), sounds.connected().name()));
    }

    @Test
    void theRingtoneIsLookedForInTheDataFolder() throws Exception {
        assertEquals(Optional.empty(), ClassicTones.sounds(parse("ringtone=mine.wav"), folder).ringtone());
        Path mine = Files.writeString(folder.resolve("mine.wav"), "");
        assertEquals(Optional.of(mine), ClassicTones.sounds(parse("ringtone=mine.wav"), folder).ringtone());
        Path standard = Files.writeString(folder.resolve("ring.wav"), "");
        assertEquals(Optional.of(standard), ClassicTones.sounds(parse(), folder).ringtone());
    }

    @Test
    void aRunningPhoneTakesOtherTones() throws Exception {
        try (WebphoneRig rig = new WebphoneRig().started()) {
            assertTrue(rig.alice.API_SetParameter("playring", 0));
            assertFalse(rig.alice.phone().running().orElseThrow().phone().callSounds().ring());
            assertTrue(rig.alice.API_SetParameter("playring", 2));
            assertTrue(rig.alice.phone().running().orElseThrow().phone().callSounds().ring());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 183, InProgress", "1, 183, Ringing", "2, 183, InProgress", "3, 183, InProgress", "4, 183, Ringing", "0, 180, Ringing",
        "0, 181, Routed"})
    void changesptoringSaysWhether183IsToldAsRinging(int parameter, int status, String word) {
        assertEquals(word, ClassicTones.word(parse("changesptoring=" + parameter), status));
    }

    // ---- sound

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "3, 0", "4, 1", "5, 2", "6, 2"})
    void earlymediaSaysWhatGoesOutBeforeTheAnswer(int parameter, int wanted) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=tone:440", "prefcodec=pcmu", "earlymedia=" + parameter).started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            PcmSink clock = rig.ringing().startEarlyMedia().get(10, java.util.concurrent.TimeUnit.SECONDS).audio().output(8000);
            rig.until("STATUS,-1,Ringing...");
            Call ours = rig.alice.phone().parts().lines().find(1).orElseThrow().call();
            MediaQueue packets = rig.alice.phone().running().orElseThrow().phone().bridge().mediaQueue(200);
            ours.audio().feed(MediaFeed.PCM.withForm(MediaFeed.Form.RTP), MediaFeed.Side.OUTGOING, packets);
            for (int heard = 0; heard < 3200; heard += Math.max(1, clock.read(new short[800], 0, 800))) {
                // The peer's clock goes on; ours goes with it.
            }
            int said = 0;
            for (Optional<MediaQueue.MediaPacket> one = packets.poll(Duration.ZERO); one.isPresent(); one = packets.poll(Duration.ZERO)) {
                byte[] bytes = one.get().bytes();
                boolean loud = false;
                for (int i = 12; i < bytes.length; i++) {
                    loud |= bytes[i] != (byte) 0xFF && bytes[i] != 0x7F; // the zeros of µ-law
                }
                said = Math.max(said, loud ? 2 : 1);
            }
            assertEquals(wanted, said, "0 nothing, 1 silence, 2 sound");
        }
    }

    @Test
    void withoutPlcGapsAreSilent() {
        assertTrue(ClassicMedia.settings(parse()).concealment());
        assertFalse(ClassicMedia.settings(parse("plc=false")).concealment());
    }

    @ParameterizedTest
    @CsvSource({"172, 128, 0, true", "172, 128, 8, true", "172, 128, 101, true", "172, 128, 34, false", "172, 0, 0, false",
        "320, 128, 0, false", "12, 128, 0, false"})
    void rtpIsToldFromPcm(int length, int first, int second, boolean rtp) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        assertEquals(rtp, ClassicRtpFeed.looksLikeRtp(bytes, length));
    }

    @ParameterizedTest
    @CsvSource({"0, opus/48000, PCMU", "8, '', PCMA", "111, opus/48000, opus/48000", "111, '', ''", "35, PCMU/8000, ''"})
    void thePayloadTypeNamesTheCodec(int type, String ofCall, String codec) {
        byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) type;
        assertEquals(codec, ClassicRtpFeed.codec(packet, ofCall).orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "1, true"})
    void packetsOfRtpAreHeardByThePeer(int parameter, boolean heard) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=silence", "streamsoundisrtp=" + parameter).started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            PcmSink ear = rig.ringing().answer().audio().output(8000);
            rig.until("Speaking (0 sec)");
            byte[] packet = new byte[172];
            packet[0] = (byte) 0x80;
            for (int i = 12; i < packet.length; i++) {
                packet[i] = (byte) (i / 4 % 2 == 0 ? 0x80 : 0); // the loudest of µ-law, up and down
            }
            for (int i = 0; i < 25; i++) {
                packet[3] = (byte) i;
                assertTrue(rig.alice.API_StreamSoundBuff(1, 1, packet, packet.length), () -> rig.errors());
            }
            short[] samples = new short[800];
            int peak = 0;
            for (int i = 0; i < 40 && peak < 10_000; i++) {
                int count = ear.read(samples, 0, samples.length);
                for (int k = 0; k < count; k++) {
                    peak = Math.max(peak, samples[k]);
                }
            }
            assertEquals(heard, peak >= 10_000);
            assertTrue(rig.alice.API_StreamSoundBuff(0, 1, packet, 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true, false", "1, true, false", "2, true, true", "3, true, true", "0, false, true"})
    void forcevadListensToCallsThatAreStill(int parameter, boolean muted, boolean listened) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("audiosource=silence", "forcevad=" + parameter).started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call bob = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            bob.audio().play(io.earshot.api.audio.Tone.of(500));
            ClassicPhone phone = rig.alice.phone();
            if (muted) {
                phone.parts().holding().mute(phone.parts().lines().find(1).orElseThrow(), true, 2);
            }
            phone.parts().voices().asked(0);
            PcmSink clock = phone.parts().lines().find(1).orElseThrow().call().audio().output(8000);
            for (int heard = 0; heard < 2400; heard += Math.max(1, clock.read(new short[800], 0, 800))) {
                // Time goes by.
            }
            assertEquals(listened, phone.parts().voices().asked(0).contains("remote_speaking: yes"));
        }
    }

    // ---- accounts

    @Test
    void numberedParametersAreFurtherAccounts() {
        ClassicParameters from = parse("serveraddress=a.example", "username=one", "username2=two", "password2=p2",
                "serveraddress2=b.example", "registerinterval2=600", "username7=seven", "serveraddress9=nobody.example");
        List<AccountConfig> accounts = ExtraAccount.numbered(from, ClassicConfig.of(from).account());
        assertEquals(List.of("sip:two@b.example", "sip:seven@a.example"), accounts.stream().map(AccountConfig::address).toList());
        assertEquals(Duration.ofMinutes(10), accounts.get(0).expires());
        assertEquals(Duration.ofHours(1), accounts.get(1).expires());
        assertEquals(Optional.of("p2"), accounts.get(0).password());
    }

    @Test
    void furtherAccountsRegisterAtStartAndWhenTheyAreSet() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("username2=bob", "password2=bob-secret").started()) {
            WebphoneRig.await("bob's registration", () -> state(rig, "bob") == 1);
            assertTrue(rig.alice.API_SetParameters("username3=carol\r\npassword3=carol-secret"));
            WebphoneRig.await("carol's registration", () -> state(rig, "carol") == 1);
            Account dora = rig.peer("dora");
            dora.dial("carol");
            rig.until("Incoming...");
        }
    }

    private static int state(WebphoneRig rig, String user) {
        return rig.alice.API_GetAccountRegState("", "", user, "", false, true);
    }
}
