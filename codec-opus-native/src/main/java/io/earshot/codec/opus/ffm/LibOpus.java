package io.earshot.codec.opus.ffm;

import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The functions of libopus that we call; stateless, for any thread. Pointers are addresses. */
final class LibOpus {
    static final int VOIP = 2048;
    static final int AUTO = -1000;
    static final int SET_BITRATE = 4002;
    static final int SET_MAX_BANDWIDTH = 4004;
    static final int SET_VBR = 4006;
    static final int SET_BANDWIDTH = 4008;
    static final int SET_COMPLEXITY = 4010;
    static final int SET_INBAND_FEC = 4012;
    static final int SET_PACKET_LOSS_PERC = 4014;
    static final int SET_DTX = 4016;
    static final int SET_FORCE_CHANNELS = 4022;
    static final int SET_FORCE_MODE = 11002;
    static final int RESET_STATE = 4028;

    /** The system's own; absent where the JVM is too old, forbids native access, or finds no libopus. */
    static final Optional<LibOpus> SYSTEM = load("libopus.so.0", "libopus.so", "libopus.0.dylib", "/opt/homebrew/lib/libopus.0.dylib",
        "/usr/local/lib/libopus.0.dylib", "opus.dll", "libopus-0.dll");

    private final MethodHandle encoderCreate;
    private final MethodHandle encoderControl;
    private final MethodHandle encode;
    private final MethodHandle encoderDestroy;
    private final MethodHandle decoderCreate;
    private final MethodHandle decoderControl;
    private final MethodHandle decode;
    private final MethodHandle decoderDestroy;
    private final MethodHandle packetSamples;
    private final MethodHandle packetParse;

    private LibOpus(Foreign library) throws ReflectiveOperationException {
        Class<?> number = int.class;
        Class<?> pointer = long.class;
        encoderCreate = library.function("opus_encoder_create", pointer, number, number, number, pointer);
        encoderControl = library.variadic("opus_encoder_ctl", 2, number, pointer, number, number);
        encode = library.function("opus_encode", number, pointer, pointer, number, pointer, number);
        encoderDestroy = library.function("opus_encoder_destroy", void.class, pointer);
        decoderCreate = library.function("opus_decoder_create", pointer, number, number, pointer);
        decoderControl = library.variadic("opus_decoder_ctl", 2, number, pointer, number);
        decode = library.function("opus_decode", number, pointer, pointer, number, pointer, number, number);
        decoderDestroy = library.function("opus_decoder_destroy", void.class, pointer);
        packetSamples = library.function("opus_packet_get_nb_samples", number, pointer, number, number);
        packetParse = library.function("opus_packet_parse", number, pointer, number, pointer, pointer, pointer, pointer);
    }

    /** Returns the first of these libraries that can be had. */
    static Optional<LibOpus> load(String... libraries) {
        try {
            return Optional.of(new LibOpus(new Foreign(libraries)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    long encoderCreate(int rate, int channels) {
        try {
            return created((long) encoderCreate.invokeExact(rate, channels, VOIP, 0L));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    int encoderControl(long state, int request, int value) {
        try {
            return (int) encoderControl.invokeExact(state, request, value);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    int encode(long state, long pcm, int samples, long data, int room) {
        try {
            return (int) encode.invokeExact(state, pcm, samples, data, room);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    void encoderDestroy(long state) {
        try {
            encoderDestroy.invokeExact(state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    long decoderCreate(int rate, int channels) {
        try {
            return created((long) decoderCreate.invokeExact(rate, channels, 0L));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    int decoderReset(long state) {
        try {
            return (int) decoderControl.invokeExact(state, RESET_STATE);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    int decode(long state, long data, int length, long pcm, int samples, boolean fec) {
        try {
            return (int) decode.invokeExact(state, data, length, pcm, samples, fec ? 1 : 0);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    void decoderDestroy(long state) {
        try {
            decoderDestroy.invokeExact(state);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    int packetSamples(long data, int length, int rate) {
        try {
            return (int) packetSamples.invokeExact(data, length, rate);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Returns the number of frames, negative for a malformed packet; {@code sizes} takes 48 short, {@code payloadOffset} an int. */
    int packetParse(long data, int length, long sizes, long payloadOffset) {
        try {
            return (int) packetParse.invokeExact(data, length, 0L, 0L, sizes, payloadOffset);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static long created(long state) {
        if (state == 0) {
            throw new IllegalStateException("libopus has no memory left");
        }
        return state;
    }

    /** A call of C throws nothing of its own; what comes is a defect or the machine's. */
    private static RuntimeException failure(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
