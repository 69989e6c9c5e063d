package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.MediaEncryption;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.TransferRules;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.CodecUse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parameters that no other test names: each reaches its owner. */
@Timeout(30)
class ClassicOwnersTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    /** Returns what one method of the builder is given. */
    private static PhoneBuilder builder(String method, List<Object> given) {
        return (PhoneBuilder) Proxy.newProxyInstance(ClassicOwnersTest.class.getClassLoader(), new Class<?>[] {PhoneBuilder.class},
                (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        given.add(arguments[0]);
                    }
                    return self;
                });
    }

    @Test
    void theWayOfSoundHasParameters() {
        RtpSettings usual = ClassicMedia.settings(parse());
        assertTrue(usual.playout().speedUp());
        assertFalse(ClassicMedia.settings(parse("allowspeedup=0")).playout().speedUp());
        assertFalse(ClassicMedia.settings(parse("allowfirstdrop=0")).playout().dropFirst());
        assertTrue(ClassicMedia.settings(parse("allowfirstdrop=1")).playout().dropFirst());
        assertEquals(Duration.ofSeconds(7), ClassicMedia.settings(parse("rtpkeepaliveival=7000")).keepAlive());
        assertEquals(0, ClassicMedia.settings(parse("incrtpport=0")).portStep());
        assertEquals(6, ClassicMedia.settings(parse("incrtpport=6")).portStep());
    }

    @Test
    void othersMayReplaceOurCallsWhereThatIsAllowed() {
        assertEquals(TransferRules.DEFAULT.withReplace(false), ClassicTransfers.rules(parse("allowreplace=0")).withEnding(
                TransferRules.DEFAULT.ending()));
        assertTrue(ClassicTransfers.rules(parse("allowreplace=3")).keepReplaced());
        assertFalse(ClassicTransfers.rules(parse("allowreplace=1")).keepReplaced());
    }

    @Test
    void numbersAreRewrittenByTheSecondForm() {
        assertEquals("00|+", ClassicRules.of(parse("numrewriterulesadv=00|+")).dialling().advancedRules());
    }

    @Test
    void ilbcIsOfferedWhereThatIsWanted() {
        assertEquals(CodecUse.NEVER, ClassicCodecs.of(parse("use_ilbc=0")).use("iLBC", 8000).orElseThrow());
        assertEquals(CodecUse.ACCEPT, ClassicCodecs.of(parse("use_ilbc=1")).use("iLBC", 8000).orElseThrow());
        assertEquals(CodecUse.OFFER, ClassicCodecs.of(parse("use_ilbc=2")).use("iLBC", 8000).orElseThrow());
    }

    @Test
    void theSuiteThatIsAskedForComesFirst() {
        MediaEncryption wanted = ClassicSecurity.encryption(parse("mediaencryption=2", "srtp_suite=AEAD_AES_256_GCM"));
        assertEquals("AEAD_AES_256_GCM", wanted.suites().get(0));
    }

    @Test
    void theNameOfTheProgramAndTheSoundSystemAreParameters() {
        List<Object> names = new ArrayList<>();
        ClassicHabits.apply(parse("useragent=Desk 7"), builder("userAgent", names));
        ClassicHabits.apply(parse(), builder("userAgent", names));
        assertEquals(List.of("Desk 7"), names);
        List<Object> systems = new ArrayList<>();
        ClassicDevices.apply(parse("audiobackend=null"), builder("audio", systems));
        assertEquals(List.of("null"), systems);
    }

    @Test
    void javaIsToldToShowNoWindow() {
        String before = System.getProperty("java.awt.headless", "");
        try {
            ClassicMachine.prepare(parse("java.awt.headless=true"));
            assertEquals("true", System.getProperty("java.awt.headless"));
        } finally {
            System.setProperty("java.awt.headless", before);
        }
    }

    @Test
    void anotherDeviceIsUsedAtOnceWhereThatIsWanted() {
        for (boolean now : List.of(true, false)) {
            List<Object> given = new ArrayList<>();
            AudioDevices devices = proxy(AudioDevices.class, (called, arguments) -> {
                if (called.equals("choose")) {
                    given.add(arguments[2]);
                }
                return called.equals("choice") ? DeviceChoice.DEFAULT : null;
            });
            Phone phone = proxy(Phone.class, (called, arguments) -> called.equals("audioDevices") ? devices : null);
            ClassicDevices.apply(parse("audiodeviceout=Headset", "changeaudiodevimmmediate=" + (now ? 2 : 1)), phone);
            assertEquals(List.of(now), given);
        }
    }

    private static <T> T proxy(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(ClassicOwnersTest.class.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    @Test
    void socketsAreLimitedByParameters() {
        Map<String, String> values = parse("controlhosts=desk.example,pbx.example", "controlorigins=https://desk.example",
                "canuseudpnotifications=2", "httpsessiontimeout=7", "controltlspassword=secret").sockets();
        assertEquals("desk.example,pbx.example", values.get("controlhosts"));
        assertEquals("https://desk.example", values.get("controlorigins"));
        assertEquals("2", values.get("canuseudpnotifications"));
        assertEquals("7", values.get("httpsessiontimeout"));
        assertEquals("secret", values.get("controltlspassword"));
    }

    @Test
    void whoIsUnregisteredIsForgottenWhereThatIsWanted() throws Exception {
        for (String forget : List.of("0", "1")) {
            try (WebphoneRig rig = new WebphoneRig("clearcredentialsonunreg=" + forget).started()) {
                assertTrue(rig.alice.API_Unregister());
                assertEquals(forget.equals("1") ? "" : "alice", rig.alice.phone().parameters().text("username"));
            }
        }
    }

    @Test
    void theServerIsAskedWhatItCan() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("capabilityrequest=1", "loglevel=5", "events=3", "canlogtofile=0").started()) {
            assertTrue(rig.told().stream().anyMatch(line -> line.contains("OPTIONS sip:")), () -> "not asked: " + rig.told());
        }
    }
}
