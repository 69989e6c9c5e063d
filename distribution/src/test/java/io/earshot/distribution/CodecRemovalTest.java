package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.InvocationTargetException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every codec module can be left out: what it has is gone from the offer, and nothing else. The modules are loaded as modules. */
@Timeout(30)
class CodecRemovalTest {
    private static final List<String> ALL = List.of("opus/48000/2", "speex/16000", "G722/8000", "G729/8000", "PCMU/8000", "PCMA/8000",
        "speex/32000", "speex/8000", "GSM/8000", "iLBC/8000");

    /** What there is on the class path, as modules, without one of them. */
    private static ModuleFinder modules(String without) {
        Path[] paths = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
            .filter(path -> path.toFile().exists() && !path.endsWith("test-classes")).toArray(Path[]::new);
        List<Path> kept = new ArrayList<>();
        for (Path path : paths) {
            Optional<ModuleReference> module = ModuleFinder.of(path).findAll().stream().findFirst();
            if (module.isPresent() && !module.get().descriptor().name().equals(without)) {
                kept.add(path);
            }
        }
        return ModuleFinder.of(kept.toArray(Path[]::new));
    }

    private static Object call(Object on, String method, Object... arguments) throws ReflectiveOperationException {
        for (var candidate : on.getClass().getInterfaces()[0].getMethods()) {
            if (candidate.getName().equals(method) && candidate.getParameterCount() == arguments.length
                    && (arguments.length == 0 || candidate.getParameterTypes()[0].isInstance(arguments[0]))) {
                try {
                    return candidate.invoke(on, arguments);
                } catch (InvocationTargetException failed) {
                    throw new IllegalStateException(failed.getCause());
                }
            }
        }
        throw new NoSuchMethodException(method);
    }

    /** Calls a socket of ours, and returns the codecs of the offer. */
    private static List<String> offered(String without) throws Exception {
        ModuleFinder finder = modules(without);
        Set<String> roots = finder.findAll().stream().map(module -> module.descriptor().name())
            .filter(name -> name.startsWith("io.earshot.sdk") || name.startsWith("io.earshot.transport.udp")
                || name.startsWith("io.earshot.codec.")).filter(name -> !name.startsWith("io.earshot.codec.opus."))
            // The system's libopus, where there is one, would offer Opus still.
            .collect(Collectors.toSet());
        assertTrue(roots.contains("io.earshot.sdk") && !roots.contains(without), roots.toString());
        ModuleLayer boot = ModuleLayer.boot();
        Configuration resolved = boot.configuration().resolve(finder, ModuleFinder.of(), roots);
        ClassLoader loader = ModuleLayer.defineModulesWithOneLoader(resolved, List.of(boot), ClassLoader.getPlatformClassLoader()).layer()
            .findLoader("io.earshot.sdk");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Object builder = loader.loadClass("io.earshot.api.Phone").getMethod("builder").invoke(null);
            call(builder, "listen", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            call(builder, "closeTimeout", java.time.Duration.ofMillis(50));
            try (AutoCloseable phone = (AutoCloseable) call(builder, "open")) {
                Class<?> config = loader.loadClass("io.earshot.api.AccountConfig");
                Object account = call(phone, "addAccount", config.getMethod("of", String.class)
                    .invoke(null, "sip:a@127.0.0.1:" + peer.getLocalPort()));
                call(account, "dial", "b");
                DatagramPacket invite = new DatagramPacket(new byte[4000], 4000);
                peer.receive(invite);
                String text = new String(invite.getData(), 0, invite.getLength(), StandardCharsets.UTF_8);
                return text.lines().filter(line -> line.startsWith("a=rtpmap:")).map(line -> line.substring(line.indexOf(' ') + 1))
                    .filter(name -> !name.startsWith("telephone-event")).toList();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void allAreOffered() throws Exception {
        assertEquals(ALL, offered("none"));
    }

    @ParameterizedTest
    @CsvSource({"g711,PCM", "g722,G722", "g729,G729", "gsm,GSM", "ilbc,iLBC", "l16,L16", "opus,opus", "speex,speex"})
    void whatIsLeftOutIsNotOfferedAndTheRestIs(String module, String names) throws Exception {
        assertEquals(ALL.stream().filter(name -> !name.startsWith(names)).toList(), offered("io.earshot.codec." + module));
    }
}
