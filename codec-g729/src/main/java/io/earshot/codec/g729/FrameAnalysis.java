package io.earshot.codec.g729;

/** What the analysis of a frame found, kept until the frame is coded. */
final class FrameAnalysis {
    /** The LSPs, Q15. */
    final int[] lsp = new int[Lsp.ORDER];
    /** Autocorrelation before the lag window, upper words. */
    final int[] autocorrelation = new int[Lsp.COEFFICIENTS];
    /** Its exponent. */
    int exponent;
    /** Whether the frame is to be coded as speech. */
    boolean speech;
}
