package io.earshot.rtp.jitter;

/**
 * What became of the audio on its way to the listener; a snapshot.
 *
 * @param played audio decoded and played, in milliseconds
 * @param concealed audio made up for what was lost or late, in milliseconds
 * @param late packets that came after their time
 * @param skipped packets left out to shorten the delay
 * @param overflowed packets pushed out by newer ones
 * @param shortened audio taken out by playing faster, in milliseconds
 * @param lengthened audio put in by playing slower, in milliseconds
 * @param noise comfort noise played while the sender was silent, in milliseconds
 * @param driftPpm by how much the sender's clock is slower than ours, in millionths; 0 until it is known
 * @param buffered audio held now, undecoded and decoded, in milliseconds
 * @param target delay over the fastest packets that is aimed at, in milliseconds
 */
public record PlayoutStatistics(long played, long concealed, long late, long skipped, long overflowed, long shortened,
        long lengthened, long noise, double driftPpm, double buffered, double target) implements PlayoutFigures {
    /** Nothing was played. */
    public static final PlayoutStatistics NONE = new PlayoutStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns figures as they are now. */
    public static PlayoutStatistics of(PlayoutFigures now) {
        return new PlayoutStatistics(now.played(), now.concealed(), now.late(), now.skipped(), now.overflowed(), now.shortened(),
            now.lengthened(), now.noise(), now.driftPpm(), now.buffered(), now.target());
    }
}
