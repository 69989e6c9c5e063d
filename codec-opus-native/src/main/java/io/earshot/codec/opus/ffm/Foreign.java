package io.earshot.codec.opus.ffm;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.util.Optional;

/**
 * The little of {@code java.lang.foreign} that calling libopus takes, reached by reflection, as we compile for Java 17, which has none.
 * Pointers are {@code long}: on the 64 bit systems that this is for they travel as one.
 */
final class Foreign {
    private static final int FIRST_RELEASE = 22;

    private final Object linker;
    private final Object symbols;
    private final Method find;
    private final Method downcall;
    private final Method descriptor;
    private final Method descriptorOfVoid;
    private final Method variadic;
    private final Class<?> layout;
    private final Object intLayout;
    private final Object longLayout;

    /** Opens the first library that there is; throws whatever goes wrong. */
    Foreign(String... libraries) throws ReflectiveOperationException {
        if (Runtime.version().feature() < FIRST_RELEASE) {
            throw new ClassNotFoundException("java.lang.foreign");
        }
        Class<?> linkerType = type("Linker");
        Class<?> optionType = type("Linker$Option");
        Class<?> arenaType = type("Arena");
        Class<?> lookupType = type("SymbolLookup");
        layout = type("MemoryLayout");
        linker = linkerType.getMethod("nativeLinker").invoke(null);
        Object arena = arenaType.getMethod("global").invoke(null);
        symbols = open(lookupType.getMethod("libraryLookup", String.class, arenaType), arena, libraries);
        find = lookupType.getMethod("find", String.class);
        Class<?> layouts = Array.newInstance(layout, 0).getClass();
        descriptor = type("FunctionDescriptor").getMethod("of", layout, layouts);
        descriptorOfVoid = type("FunctionDescriptor").getMethod("ofVoid", layouts);
        variadic = optionType.getMethod("firstVariadicArg", int.class);
        downcall = linkerType.getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"),
            Array.newInstance(optionType, 0).getClass());
        intLayout = type("ValueLayout").getField("JAVA_INT").get(null);
        longLayout = type("ValueLayout").getField("JAVA_LONG").get(null);
    }

    private static Object open(Method lookup, Object arena, String... libraries) throws ReflectiveOperationException {
        ReflectiveOperationException last = new ClassNotFoundException("no library named");
        for (String library : libraries) {
            try {
                return lookup.invoke(null, library, arena);
            } catch (ReflectiveOperationException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Returns a function of the library; {@code result} and {@code parameters} are of {@code int}, {@code long} and {@code void}. */
    MethodHandle function(String name, Class<?> result, Class<?>... parameters) throws ReflectiveOperationException {
        return bind(name, -1, result, parameters);
    }

    /** Returns a function whose parameters from {@code firstVariadic} on are its {@code ...}. */
    MethodHandle variadic(String name, int firstVariadic, Class<?> result, Class<?>... parameters) throws ReflectiveOperationException {
        return bind(name, firstVariadic, result, parameters);
    }

    private MethodHandle bind(String name, int firstVariadic, Class<?> result, Class<?>... parameters)
            throws ReflectiveOperationException {
        Object address = ((Optional<?>) find.invoke(symbols, name)).orElseThrow(() -> new NoSuchMethodException(name));
        Object layouts = Array.newInstance(layout, parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            Array.set(layouts, i, layoutOf(parameters[i]));
        }
        Object type = result == void.class ? descriptorOfVoid.invoke(null, layouts) : descriptor.invoke(null, layoutOf(result), layouts);
        Object options = Array.newInstance(downcall.getParameterTypes()[2].getComponentType(), firstVariadic < 0 ? 0 : 1);
        if (firstVariadic >= 0) {
            Array.set(options, 0, variadic.invoke(null, firstVariadic));
        }
        return (MethodHandle) downcall.invoke(linker, address, type, options);
    }

    private Object layoutOf(Class<?> type) {
        return type == long.class ? longLayout : intLayout;
    }

    /** Returns where a direct buffer's memory begins, which stays there as long as the buffer is reachable. */
    static long address(Buffer buffer) {
        try {
            Object segment = type("MemorySegment").getMethod("ofBuffer", Buffer.class).invoke(null, buffer);
            return (long) type("MemorySegment").getMethod("address").invoke(segment);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no address of a direct buffer", e);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("java.lang.foreign." + name);
    }
}
