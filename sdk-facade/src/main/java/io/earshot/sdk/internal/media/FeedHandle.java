package io.earshot.sdk.internal.media;

/** A feed as programs see it: a port that sound goes into. */
final class FeedHandle extends PortHandle {
    private final Runnable stop;

    private FeedHandle(MediaRoom room, Feed feed, Runnable stop) {
        super(room, "feed", feed);
        this.stop = stop;
    }

    /** Feeds from a source. */
    static FeedHandle sink(MediaRoom room, Feed feed, PortHandle source) {
        FeedHandle made = new FeedHandle(room, feed, () -> { });
        room.loop().execute(feed::begin);
        room.add(made);
        room.connect(source, made);
        return made;
    }

    /** Feeds from packets. */
    static FeedHandle tap(MediaRoom room, Feed feed, PacketTaps taps) {
        FeedHandle made = new FeedHandle(room, feed, () -> room.loop().execute(() -> {
            taps.remove(feed);
            feed.end();
        }));
        room.loop().execute(() -> {
            feed.begin();
            taps.add(feed);
        });
        return made;
    }

    @Override
    void onClosed() {
        stop.run();
    }
}
