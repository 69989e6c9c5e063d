package io.earshot.codec.g729;

/** What makes synthesized speech pleasant to hear: a subframe of 40 samples at a time. */
interface SpeechFilter {
    /** Forgets everything. */
    void reset();

    /**
     * Filters a subframe.
     *
     * @param filters LP coefficients of the subframe from {@code filterAt} on
     * @param speech synthesized speech; the ten samples before {@code speechAt} are read too
     * @param lag a whole pitch lag, or 0 for a frame without pitch
     * @return the delay at which the subframe repeats itself, or 0 if it does not or nobody looked
     */
    int filter(int[] filters, int filterAt, int[] speech, int speechAt, int lag, int[] out, int outAt);
}
