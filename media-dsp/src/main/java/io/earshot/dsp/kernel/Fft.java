package io.earshot.dsp.kernel;

/** In-place complex discrete Fourier transform of a fixed power-of-two size. Immutable, hence shareable; transforming allocates nothing. */
public final class Fft {
    private final int size;
    private final double[] cosines;
    private final double[] sines;

    /** Makes a transform.
     *
     * @param size a power of two, at least 2
     */
    public Fft(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(size + " is no power of two");
        }
        this.size = size;
        cosines = new double[size / 2];
        sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosines[i] = Math.cos(-2 * Math.PI * i / size);
            sines[i] = Math.sin(-2 * Math.PI * i / size);
        }
    }

    /** Replaces the signal by its spectrum, unscaled. */
    public void forward(double[] real, double[] imaginary) {
        reorder(real, imaginary);
        for (int half = 1; half < size; half *= 2) {
            int stride = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    butterfly(real, imaginary, start + k, start + k + half, k * stride);
                }
            }
        }
    }

    /** Replaces a spectrum by its signal, scaled so that it undoes {@link #forward}. */
    public void inverse(double[] real, double[] imaginary) {
        forward(imaginary, real);
        for (int i = 0; i < size; i++) {
            real[i] /= size;
            imaginary[i] /= size;
        }
    }

    private void butterfly(double[] real, double[] imaginary, int low, int high, int twiddle) {
        double re = real[high] * cosines[twiddle] - imaginary[high] * sines[twiddle];
        double im = real[high] * sines[twiddle] + imaginary[high] * cosines[twiddle];
        real[high] = real[low] - re;
        imaginary[high] = imaginary[low] - im;
        real[low] += re;
        imaginary[low] += im;
    }

    private void reorder(double[] real, double[] imaginary) {
        for (int i = 1; i < size - 1; i++) {
            int j = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(size) + 1;
            if (i < j) {
                double swap = real[i];
                real[i] = real[j];
                real[j] = swap;
                swap = imaginary[i];
                imaginary[i] = imaginary[j];
                imaginary[j] = swap;
            }
        }
    }
}
