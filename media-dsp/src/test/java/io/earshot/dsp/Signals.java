package io.earshot.dsp;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Random;

/** Test signals and measurements, written without the classes under test. */
final class Signals {
    private Signals() {
    }

    static short[] sine(int sampleRate, double hz, double amplitude, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / sampleRate));
        }
        return pcm;
    }

    static short[] noise(Random random, int amplitude, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (random.nextInt(2 * amplitude + 1) - amplitude);
        }
        return pcm;
    }

    static double power(short[] pcm, int offset, int length) {
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum / length;
    }

    /** Power of one frequency by correlation with sine and cosine; exact if the block holds whole periods. */
    static double powerAt(short[] pcm, int offset, int length, int sampleRate, double hz) {
        double inPhase = 0;
        double quadrature = 0;
        for (int i = 0; i < length; i++) {
            double angle = 2 * Math.PI * hz * i / sampleRate;
            inPhase += pcm[offset + i] * Math.cos(angle);
            quadrature += pcm[offset + i] * Math.sin(angle);
        }
        return 2 * (inPhase * inPhase + quadrature * quadrature) / length / length;
    }

    static double decibels(double powerRatio) {
        return 10 * Math.log10(powerRatio);
    }

    /** Bytes of heap that this thread allocates while running the task once more, after it has been run often enough to be compiled. */
    static long allocatedBy(Runnable task) {
        for (int i = 0; i < 2000; i++) {
            task.run();
        }
        try {
            Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
            Method bytes = Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
            Object id = Thread.currentThread().getId();
            bytes.invoke(bean, id);
            long before = (Long) bytes.invoke(bean, id);
            long overhead = (Long) bytes.invoke(bean, id) - before;
            before = (Long) bytes.invoke(bean, id);
            for (int i = 0; i < 1000; i++) {
                task.run();
            }
            return Math.max(0, (Long) bytes.invoke(bean, id) - before - overhead) / 1000;
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }
}
