package io.github.jaredmdobson.concentus;

/** What RFC 8251 section 9 adds to the folding of bands. Not part of Concentus. */
final class Folding {
    private Folding() {
    }

    /**
     * Repeats the end of the first coded band behind it, as far as the second band is wider, so that the second can be folded from it. In
     * CELT-only mode both are equally wide, and there is nothing to do.
     *
     * @param norm normalised spectrum from the first coded band on, of both channels
     * @param second where the second channel's begins
     * @param edges band edges of the shortest frame
     * @param start the first coded band
     * @param scale bins of the frame to one of the shortest frame
     * @param dualStereo whether the second channel has a spectrum of its own
     */
    static void widenFirstBand(int[] norm, int second, short[] edges, int start, int scale, boolean dualStereo) {
        int first = scale * (edges[start + 1] - edges[start]);
        int missing = scale * (edges[start + 2] - edges[start + 1]) - first;
        if (missing > 0) {
            System.arraycopy(norm, first - missing, norm, first, missing);
            if (dualStereo) {
                System.arraycopy(norm, second + first - missing, norm, second + first, missing);
            }
        }
    }
}
