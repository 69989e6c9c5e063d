package io.earshot.benchmarks.playout.plain;

/**
 * What became of the audio on its way to the listener.
 *
 * @param played audio decoded and played, in milliseconds
 * @param concealed audio made up for what was lost or late, in milliseconds
 * @param late packets that came after their time
 * @param skipped packets left out to shorten the delay
 * @param buffered audio held now, undecoded and decoded, in milliseconds
 * @param target delay over the fastest packets that is aimed at, in milliseconds
 */
public record PlayoutStatistics(long played, long concealed, long late, long skipped, double buffered, double target) {
    /** Nothing was played. */
    public static final PlayoutStatistics NONE = new PlayoutStatistics(0, 0, 0, 0, 0, 0);
}
