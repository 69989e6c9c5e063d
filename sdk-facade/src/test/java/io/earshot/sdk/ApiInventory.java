package io.earshot.sdk;

import io.earshot.api.Phone;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every argument of every public element that programs can call, read from the module {@code io.earshot.api} itself. */
final class ApiInventory {
    private ApiInventory() {
    }

    /**
     * One argument.
     *
     * @param key what rows call it: {@code Type.component} of a record, {@code Type.method(Types)} or {@code Type.new(Types)} otherwise,
     *     and {@code :2} after it for the second of several
     */
    record Argument(String key, Executable element, int index, Class<?> type) {
        /** Calls the element with this argument wrong, and returns what it throws, or a future fails with. */
        Throwable refusal(Object wrong, Object subject, Object[] others) {
            if (subject == null && element instanceof Method && !Modifier.isStatic(element.getModifiers())) {
                return new AssertionError("the table has no subject(" + element.getDeclaringClass().getSimpleName() + ".class, …)");
            }
            Object[] arguments = others.clone();
            arguments[index] = wrong;
            try {
                Object result = element instanceof Constructor<?> made ? made.newInstance(arguments)
                        : ((Method) element).invoke(subject, arguments);
                return new AssertionError("it was taken, and the result is " + result);
            } catch (InvocationTargetException refused) {
                return refused.getCause();
            } catch (ReflectiveOperationException | IllegalArgumentException mistake) {
                return new AssertionError("the test cannot call it", mistake);
            }
        }

        /** Tells whether it belongs to a record as such, whose argument has the name of the component. */
        boolean isComponent() {
            return !key.contains("(");
        }

        /** Tells whether a method has the name of a component of its record, so that its key needs its types. */
        boolean hasNameOfComponent() {
            Class<?> type = element.getDeclaringClass();
            return !isComponent() && type.isRecord() && Arrays.stream(type.getRecordComponents()).anyMatch(component ->
                    component.getName().equals(element.getName()));
        }

        /** Tells whether it is an {@code Optional<String>}. */
        boolean isOptionalText() {
            return element.getGenericParameterTypes()[index].getTypeName().equals("java.util.Optional<java.lang.String>");
        }

        String name() {
            return key.substring(key.lastIndexOf('.') + 1);
        }
    }

    /** Returns the public types of the packages that are exported to everybody. */
    static List<Class<?>> types() {
        try {
            Path place = Path.of(Phone.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            var module = ModuleFinder.of(place).find("io.earshot.api").orElseThrow();
            Set<String> exported = module.descriptor().exports().stream().filter(one -> !one.isQualified())
                    .map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());
            try (var reader = module.open(); Stream<String> names = reader.list()) {
                return names.filter(name -> name.endsWith(".class") && !name.contains("-info"))
                        .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                        .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
                        .<Class<?>>map(ApiInventory::load).filter(ApiInventory::isPublic)
                        .sorted(Comparator.comparing(Class::getName)).toList();
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Returns the arguments of a type's public elements. */
    static List<Argument> arguments(Class<?> type) {
        List<Argument> all = new ArrayList<>();
        for (Constructor<?> made : type.getDeclaredConstructors()) {
            if (Modifier.isPublic(made.getModifiers())) {
                all.addAll(isCanonical(made) ? components(made) : of(made, name(type) + ".new"));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            boolean given = method.getName().equals("equals") || type.isEnum() && method.getName().equals("valueOf");
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !given) {
                all.addAll(of(method, name(type) + "." + method.getName()));
            }
        }
        all.sort(Comparator.comparing(Argument::key));
        return all;
    }

    /** Returns the name of a type without its package: {@code WebSockets.Server}. */
    static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static List<Argument> of(Executable element, String name) {
        String types = Arrays.stream(element.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(","));
        Class<?>[] all = element.getParameterTypes();
        return IntStream.range(0, all.length).mapToObj(i -> new Argument(name + "(" + types + ")" + (all.length > 1 ? ":" + (i + 1) : ""),
                element, i, all[i])).toList();
    }

    private static List<Argument> components(Constructor<?> canonical) {
        var components = canonical.getDeclaringClass().getRecordComponents();
        return IntStream.range(0, components.length).mapToObj(i -> new Argument(name(canonical.getDeclaringClass()) + "."
                + components[i].getName(), canonical, i, components[i].getType())).toList();
    }

    private static boolean isCanonical(Constructor<?> made) {
        Class<?> type = made.getDeclaringClass();
        return type.isRecord() && Arrays.equals(made.getParameterTypes(),
                Arrays.stream(type.getRecordComponents()).map(java.lang.reflect.RecordComponent::getType).toArray(Class<?>[]::new));
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Phone.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }
}
