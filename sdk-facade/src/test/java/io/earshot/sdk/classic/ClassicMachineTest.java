package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.codec.CodecUse;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of the machine, its system, and of encryption and sound that have names of an older system. */
@Timeout(120)
class ClassicMachineTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    private static List<String> problems(String... arguments) {
        return ClassicParameters.parse(List.of(arguments)).problems();
    }

    @Test
    void aSlowProcessorPrefersCodecsThatNeedLittle() {
        assertEquals(CodecUse.FIRST, ClassicCodecs.of(parse("cpuspeed=1000")).use("PCMU", 8000).orElseThrow());
        assertEquals(CodecUse.NEVER, ClassicCodecs.of(parse("cpuspeed=1000")).use("speex", 32_000).orElseThrow());
        assertEquals(CodecUse.ACCEPT, ClassicCodecs.of(parse("cpuspeed=1000")).use("opus", 48_000).orElseThrow());
        assertEquals(CodecUse.OFFER, ClassicCodecs.of(parse("cpuspeed=1000", "use_opuswb=2")).use("opus", 48_000).orElseThrow(),
                "what is given holds");
        assertEquals(ClassicCodecs.of(parse()), ClassicCodecs.of(parse("cpuspeed=2001")));
    }

    @Test
    void widebandIsLeftOutOnMacWhereThatIsWanted() {
        ClassicParameters off = parse("disablewbbonmac=true", "use_opus=1");
        assertEquals(CodecUse.NEVER, ClassicCodecs.of(off, "Mac OS X").use("speex", 16_000).orElseThrow());
        assertEquals(CodecUse.NEVER, ClassicCodecs.of(off, "Mac OS X").use("G722", 8000).orElseThrow());
        assertEquals(8000, ClassicCodecs.of(off, "Mac OS X").parameters("opus", 48_000).orElseThrow().getInt("maxplaybackrate")
                .orElseThrow());
        assertEquals(ClassicCodecs.of(parse(), "Linux"), ClassicCodecs.of(off, "Linux"));
        assertEquals(ClassicCodecs.of(parse(), "Linux"), ClassicCodecs.of(parse(), "Mac OS X"));
    }

    @ParameterizedTest
    @CsvSource({"'', DE, ", "geolocation=1, DE, DE", "geolocation=1 locale=en-US, DE, US", "geolocation=1 locale=pt_BR, DE, BR",
        "geolocation=1 locale=en, DE, DE", "geolocation=1, '', "})
    void theCountryIsThatOfTheSettings(String arguments, String system, String country) {
        ClassicParameters from = arguments.isEmpty() ? parse() : parse(arguments.split(" "));
        assertEquals(Optional.ofNullable(country), ClassicMachine.country(from, new Locale("de", system)));
    }

    @Test
    void theCountryIsSent() {
        ClassicParameters from = parse("geolocation=1", "locale=en-US");
        assertEquals("US", ClassicRules.identify(from, AccountConfig.of("sip:a@example.org")).identity().headers().get("X-Country"));
    }

    @Test
    void javaIsToldToShowNoWindow() {
        String name = "java.awt.headless";
        String before = System.getProperty(name, "");
        try {
            new ClassicPhone(parse(name + "=true"), line -> { }).close();
            assertEquals("true", System.getProperty(name));
        } finally {
            if (before.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }

    /** Java reads it once, so that another one has to run. */
    @Test
    void javaIsToldToUseIpv4Only() throws Exception {
        Process other = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-cp",
                everythingHere(), Ipv4Probe.class.getName(),
                "java.net.preferIPv4Stack=true").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(other.waitFor(90, TimeUnit.SECONDS));
        assertEquals(Ipv4Probe.NARROW, other.exitValue());
    }

    /** Returns the classes of tests, and all modules and archives of this process, as a class path. */
    private static String everythingHere() throws URISyntaxException {
        Path probe = Path.of(Ipv4Probe.class.getResource(Ipv4Probe.class.getSimpleName() + ".class").toURI());
        Path root = probe;
        for (int depth = Ipv4Probe.class.getName().split("\\.").length; depth > 0; depth--) {
            root = root.getParent();
        }
        return String.join(File.pathSeparator, root.toString(), System.getProperty("jdk.module.path", ""),
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    }

    @Test
    void threadsHaveAHigherPriorityWhereThatIsWanted() {
        try (ClassicPhone phone = new ClassicPhone(parse("username=a", "register=0", "localip=127.0.0.1", "increasepriority=true",
                "waitforunregister=0"), line -> { })) {
            assertTrue(phone.start());
            for (String name : List.of("earshot-sip", "earshot-media")) {
                assertTrue(Thread.getAllStackTraces().keySet().stream().anyMatch(one -> one.getName().equals(name)
                        && one.getPriority() == 8), name);
            }
        }
    }

    @Test
    void namesAreNotLookedUpWhereThatIsNotWanted() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (ClassicPhone phone = new ClassicPhone(parse("serveraddress=pbx.example.com", "username=a", "password=p", "dnslookup=5",
                "localip=127.0.0.1", "waitforunregister=0"), line -> lines.add(line.line()))) {
            assertTrue(phone.start());
            String line = lines.poll(10, TimeUnit.SECONDS);
            while (line != null && !line.contains("names are not looked up")) {
                line = lines.poll(10, TimeUnit.SECONDS);
            }
            assertTrue(line != null, "the registration fails and says why");
        }
    }

    // ---- encryption

    @ParameterizedTest
    @CsvSource({"encrypted=true, sip:alice@pbx;transport=tls, 2", "useencryption=1, sip:alice@pbx;transport=tls, 2",
        "encrypted=true transport=1, sip:alice@pbx;transport=tcp, 2", "encrypted=true mediaencryption=0, sip:alice@pbx;transport=tls, 0"})
    void everythingIsEncryptedWhereNothingElseIsSaid(String arguments, String address, int media) {
        List<String> all = new ArrayList<>(List.of("serveraddress=pbx", "username=alice"));
        all.addAll(List.of(arguments.split(" ")));
        AccountConfig account = ClassicConfig.of(parse(all.toArray(String[]::new))).account();
        assertEquals(address, account.address());
        assertEquals(ClassicSecurity.encryption(parse("mediaencryption=" + media)), account.encryption());
    }

    @Test
    void passwordsMayBeBase64() {
        AccountConfig account = ClassicConfig.of(parse("username=a", "password=c2VjcmV0", "pwdencrypted=4")).account();
        assertEquals(Optional.of("secret"), account.password());
        ClassicParameters second = parse("pwdencrypted=4", "username2=b", "password2=c2VjcmV0", "serveraddress=x");
        assertEquals(Optional.of("secret"), ExtraAccount.numbered(second, account).get(0).password());
        assertEquals(List.of("parameter password is to be base64, for pwdencrypted is 4, and is not"),
                problems("pwdencrypted=4", "password=*"));
        assertEquals(List.of("parameter pwdencrypted=3: the key of this method is its vendor's; give 4 and base64, or 0"),
                problems("pwdencrypted=3"));
    }

    // ---- sound

    @ParameterizedTest
    @CsvSource({"'', 70", "audioqueuemaxsize=100, 100", "audioqueuemaxsize=5000, 128", "audioqueuemaxsize=1, 2",
        "audioqueuemaxsize=20 maxjitterpackets=50, 20", "audioqueuemaxsize=100 maxjitterpackets=50, 50"})
    void theQueueOfSoundIsAsLongAsItMayBe(String arguments, int packets) {
        ClassicParameters from = arguments.isEmpty() ? parse() : parse(arguments.split(" "));
        assertEquals(packets, ClassicMedia.settings(from).playout().mostPackets());
    }

    @ParameterizedTest
    @CsvSource({"'', 0, 0", "sun.net.maxDatagramSockets=60, 20000, 20059", "sun.net.maxDatagramSockets=1, 20000, 20001",
        "sun.net.maxDatagramSockets=4 rtpport=30001, 30002, 30005", "rtpport=30000, 30000, 30999"})
    void noMoreSocketsAreOpenedThanAllowed(String arguments, int first, int last) {
        List<Integer> ports = new ArrayList<>();
        PhoneBuilder builder = (PhoneBuilder) Proxy.newProxyInstance(ClassicMachineTest.class.getClassLoader(),
                new Class<?>[] {PhoneBuilder.class}, (self, method, given) -> {
                    if (method.getName().equals("rtpPorts")) {
                        ports.addAll(List.of((Integer) given[0], (Integer) given[1]));
                    }
                    return self;
                });
        ClassicMedia.apply(arguments.isEmpty() ? parse() : parse(arguments.split(" ")), builder);
        assertEquals(first == 0 ? List.of() : List.of(first, last), ports);
    }

    /** A source that plays nothing. */
    private static PcmSource source(List<Integer> offered, List<Integer> written) {
        return (PcmSource) Proxy.newProxyInstance(ClassicMachineTest.class.getClassLoader(), new Class<?>[] {PcmSource.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "offer" -> {
                        offered.add((Integer) arguments[2]);
                        yield arguments[2];
                    }
                    case "write" -> {
                        written.add((Integer) arguments[2]);
                        yield null;
                    }
                    case "queued" -> offered.stream().mapToInt(Integer::intValue).sum();
                    case "clear" -> {
                        offered.clear();
                        yield 0;
                    }
                    default -> null;
                });
    }

    @Test
    void soundOfTheMomentIsNeverLate() {
        List<Integer> offered = new ArrayList<>();
        List<Integer> written = new ArrayList<>();
        ClassicFeed feed = new ClassicFeed(source(offered, written), 1600, Runnable::run, failed -> { });
        feed.write(new byte[1600], 1600);
        feed.write(new byte[1600], 1600);
        assertEquals(List.of(800, 800), offered);
        feed.write(new byte[320], 320);
        assertEquals(List.of(160), offered, "what waited is dropped for what is new");
        feed.write(new byte[8000], 8000);
        assertEquals(List.of(1600), offered, "and of much only the end is played");
        new ClassicFeed(source(offered, written), Integer.MAX_VALUE, Runnable::run, failed -> { }).write(new byte[8000], 8000);
        assertEquals(List.of(4000), written, "otherwise all is");
    }

    // ---- the end

    @ParameterizedTest
    @CsvSource({"3, http://a.example/bye, true", "4, https://a.example, true", "6, http://a.example, true", "2, http://a.example, false",
        "3, file:///etc/passwd, false", "3, javascript:alert(1), false", "3, 'http://', false"})
    void aPageIsOpenedAtTheEnd(int method, String page, boolean opened) {
        List<String> told = new ArrayList<>();
        try (ClassicPhone phone = new ClassicPhone(parse("username=a", "register=0", "localip=127.0.0.1", "exitmethod=" + method,
                "exiturl=" + page), line -> told.add(line.line()))) {
            List<URI> pages = new ArrayList<>();
            phone.parts().exit().browse(pages::add);
            phone.parts().exit().leave(() -> { });
            phone.exit();
            assertEquals(opened ? List.of(URI.create(page)) : List.of(), pages);
            assertEquals(method == 3 && !opened, told.stream().anyMatch(line -> line.contains("exiturl is no web page")), told.toString());
        }
    }

    @Test
    void withoutAPageNoneIsOpened() {
        try (ClassicPhone phone = new ClassicPhone(parse("username=a", "exitmethod=3"), line -> { })) {
            List<URI> pages = new ArrayList<>();
            phone.parts().exit().browse(pages::add);
            phone.exit();
            assertTrue(pages.isEmpty());
            assertFalse(phone.isStarted());
        }
    }
}
