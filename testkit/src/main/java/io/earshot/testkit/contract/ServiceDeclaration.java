package io.earshot.testkit.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what {@code module-info} provides with what {@code META-INF/services} names: module path and class path must agree. */
final class ServiceDeclaration {
    private ServiceDeclaration() {
    }

    /**
     * Checks the module, or class path folder, that holds the provider.
     *
     * @throws AssertionError which names what is missing where
     */
    static void check(Class<?> service, Class<?> provider) {
        Set<String> listed = listed(service, provider);
        if (!listed.contains(provider.getName())) {
            throw new AssertionError("META-INF/services/" + service.getName() + " does not name " + provider.getName()
                + ": users of the class path would not find it");
        }
        ModuleDescriptor descriptor = provider.getModule().getDescriptor();
        if (descriptor == null) {
            return; // run from the class path: there is no module to compare with
        }
        Set<String> provided = descriptor.provides().stream().filter(provides -> provides.service().equals(service.getName()))
            .flatMap(provides -> provides.providers().stream()).collect(Collectors.toCollection(TreeSet::new));
        if (!provided.equals(listed)) {
            throw new AssertionError("module-info of " + descriptor.name() + " provides " + provided + " but META-INF/services names "
                + listed + " for " + service.getName());
        }
    }

    private static Set<String> listed(Class<?> service, Class<?> provider) {
        String path = "META-INF/services/" + service.getName();
        try (InputStream in = provider.getModule().isNamed() ? provider.getModule().getResourceAsStream(path)
                : provider.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                return Set.of();
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
