package io.earshot.distribution;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The architecture as a table: who may require whom. A new edge is a decision, and is made here. */
class ModuleEdgesTest {
    /** Folder: what it may require besides {@code java.base} and slf4j. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("sdk-api", Set.of()),
            Map.entry("sip-core", Set.of("io.earshot.api")),
            Map.entry("transport-common", Set.of("io.earshot.api")),
            Map.entry("transport-netty", Set.of("io.earshot.transport.common", "io.netty.buffer", "io.netty.common", "io.netty.transport")),
            Map.entry("media-rtp", Set.of("io.earshot.api", "io.earshot.dsp")),
            Map.entry("media-ice", Set.of("io.earshot.api", "io.earshot.rtp", "java.xml")),
            Map.entry("media-srtp", Set.of("io.earshot.rtp", "org.bouncycastle.provider", "org.bouncycastle.tls")),
            // Optional: nobody requires it.
            Map.entry("media-zrtp", Set.of("io.earshot.rtp", "io.earshot.srtp")),
            Map.entry("media-dsp", Set.of("io.earshot.api")),
            Map.entry("media-files", Set.of("io.earshot.api")),
            // java.net.http: the classic functions of files and texts on web servers. transport.common: SIP and sound through SOCKS.
            Map.entry("sdk-facade", Set.of("io.earshot.api", "io.earshot.sip", "io.earshot.rtp", "io.earshot.dsp", "io.earshot.files",
                    "io.earshot.transport.common", "java.net.http")),
            Map.entry("control-server", Set.of("com.grack.nanojson", "io.netty.buffer", "io.netty.codec", "io.netty.codec.http",
                    "io.netty.common", "io.netty.handler", "io.netty.transport", "java.xml")),
            Map.entry("testkit", Set.of("io.earshot.api", "io.earshot.sip", "org.junit.jupiter.api", "java.management",
                    "jdk.management")),
            // The only one besides the sound card that needs a desktop; images without it leave it out.
            Map.entry("softphone", Set.of("io.earshot.api", "io.earshot.sdk", "java.desktop", "com.formdev.flatlaf")),
            Map.entry("cli", Set.of("io.earshot.api", "io.earshot.control", "io.earshot.sdk", "io.earshot.testkit", "info.picocli")),
            Map.entry("examples", Set.of("io.earshot.api")));
    /** Plug-ins: they see the API, and what they wrap, and nobody sees them. */
    private static final Map<String, Set<String>> PLUG_INS = Map.ofEntries(
            Map.entry("sip-transport-", Set.of("io.earshot.transport.common")),
            Map.entry("sip-transport-ws", Set.of("io.earshot.transport.netty", "io.netty.buffer", "io.netty.codec",
                    "io.netty.codec.http", "io.netty.common", "io.netty.handler", "io.netty.transport")),
            Map.entry("sip-transport-tunnel", Set.of("io.earshot.transport.netty", "io.netty.buffer", "io.netty.codec",
                    "io.netty.codec.http", "io.netty.common", "io.netty.handler", "io.netty.transport")),
            Map.entry("dns-", Set.of("org.dnsjava", "java.naming")),
            Map.entry("stir-", Set.of("com.grack.nanojson", "java.net.http")),
            Map.entry("audio-", Set.of("java.desktop")),
            Map.entry("dsp-webrtc", Set.of("webrtc.java")),
            Map.entry("record-mp3", Set.of("io.earshot.thirdparty.jump3r")),
            Map.entry("upload-http", Set.of("java.net.http")),
            Map.entry("upload-ftp", Set.of("org.apache.commons.net")),
            Map.entry("codec-opus", Set.of("io.earshot.thirdparty.concentus")),
            Map.entry("codec-opus-native", Set.of()),
            Map.entry("codec-", Set.of()));
    /** Libraries repacked with a descriptor: they require nothing of ours. */
    private static final String REPACKED = "tp-";

    /** Inside sip-core, package: packages of ours that it may use. */
    private static final Map<String, Set<String>> SIP_PACKAGES = Map.ofEntries(
            Map.entry("message", Set.of()), Map.entry("sdp", Set.of()), Map.entry("auth", Set.of()), Map.entry("xml", Set.of()),
            Map.entry("transaction", Set.of("message")), Map.entry("resolve", Set.of("message")), Map.entry("dialog", Set.of("message")),
            Map.entry("events", Set.of("message", "xml")), Map.entry("im", Set.of("message")), Map.entry("info", Set.of("message")),
            Map.entry("identity", Set.of("message")),
            Map.entry("ua", Set.of("message", "sdp", "auth", "transaction", "resolve", "dialog", "events", "im", "info", "identity")));

    @Test
    void everyModuleHasADescriptor() {
        for (String folder : SourceTree.named()) {
            assertTrue(Files.exists(SourceTree.classes(folder).resolve("module-info.class")), folder + ": no module-info, or not built");
        }
    }

    @Test
    void modulesRequireOnlyWhatTheTableAllows() {
        for (String folder : SourceTree.named()) {
            Set<String> requires = descriptor(folder).requires().stream().map(ModuleDescriptor.Requires::name)
                    .filter(name -> !name.equals("java.base") && !name.equals("org.slf4j")).collect(toCollection(TreeSet::new));
            requires.removeAll(allowed(folder));
            assertEquals(Set.of(), requires, folder + " requires more than the table allows");
        }
    }

    private static Set<String> allowed(String folder) {
        if (folder.startsWith(REPACKED)) {
            return Set.of();
        }
        return Optional.ofNullable(ALLOWED.get(folder)).or(() -> plugIn(folder).map(wraps -> Stream.concat(
                Stream.of("io.earshot.api"), wraps.stream()).collect(toSet())))
                .orElseThrow(() -> new AssertionError("the table has no row for the module " + folder));
    }

    /** The longest prefix counts. */
    private static Optional<Set<String>> plugIn(String folder) {
        return PLUG_INS.entrySet().stream().filter(row -> folder.startsWith(row.getKey()))
                .max(java.util.Comparator.comparingInt(row -> row.getKey().length())).map(Map.Entry::getValue);
    }

    @Test
    void plugInsExportNothingAndProvideSomething() {
        for (String folder : SourceTree.named()) {
            if (plugIn(folder).isPresent()) {
                assertEquals(Set.of(), descriptor(folder).exports(), folder + " exports");
                assertTrue(!descriptor(folder).provides().isEmpty(), folder + " provides nothing");
            }
        }
    }

    @Test
    void providersAreDeclaredForTheClassPathToo() throws IOException {
        for (String folder : SourceTree.named()) {
            for (ModuleDescriptor.Provides provided : descriptor(folder).provides()) {
                Path file = SourceTree.classes(folder).resolve("META-INF/services").resolve(provided.service());
                List<String> declared = Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
                assertEquals(provided.providers(), declared, folder + ": module-info and " + file.getFileName() + " disagree");
            }
        }
    }

    @Test
    void noPackageIsSplit() {
        Map<String, String> owner = new HashMap<>();
        for (String folder : SourceTree.named()) {
            for (Path file : SourceTree.files(SourceTree.classes(folder), ".class")) {
                String name = SourceTree.classes(folder).relativize(file).toString();
                int end = name.lastIndexOf('/');
                if (end > 0 && !name.startsWith("META-INF")) {
                    String other = owner.putIfAbsent(name.substring(0, end), folder);
                    assertTrue(other == null || other.equals(folder), name + " is in " + other + " and in " + folder);
                }
            }
        }
    }

    @Test
    void layersInsideSipCorePointDownwards() {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter out = new StringWriter();
        jdeps.run(new PrintWriter(out), new PrintWriter(out), "-verbose:package", "--multi-release", "17", "--module-path",
                SourceTree.classes("sdk-api").toString(), SourceTree.classes("sip-core").toString());
        Set<String> wrong = new TreeSet<>();
        out.toString().lines().map(String::strip).filter(line -> line.startsWith("io.earshot.sip.")).forEach(line -> {
            String[] edge = line.split("\\s+");
            String from = edge[0].substring("io.earshot.sip.".length());
            if (edge.length > 2 && edge[2].startsWith("io.earshot.sip.")) {
                String to = edge[2].substring("io.earshot.sip.".length());
                if (!SIP_PACKAGES.getOrDefault(from, Set.of()).contains(to)) {
                    wrong.add(from + " uses " + to);
                }
            }
        });
        assertTrue(out.toString().contains("io.earshot.sip.ua"), out.toString());
        assertEquals(Set.of(), wrong);
    }

    private static ModuleDescriptor descriptor(String folder) {
        try (InputStream in = Files.newInputStream(SourceTree.classes(folder).resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        } catch (IOException missing) {
            throw new AssertionError(folder + " has no module-info", missing);
        }
    }
}
