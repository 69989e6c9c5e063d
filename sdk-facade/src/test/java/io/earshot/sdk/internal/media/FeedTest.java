package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaFeed.Form;
import io.earshot.api.audio.MediaFeed.Header;
import io.earshot.api.audio.MediaFeed.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final List<Integer> sizes = new ArrayList<>();
    private final Feed.Outlet outlet = new Feed.Outlet() {
        @Override
        public void send(Side side, ByteBuffer packet) {
            sizes.add(packet.remaining());
        }

        @Override
        public void close() {
            sizes.add(-1);
        }
    };

    /** Peers choose the Call-IDs of their calls. */
    @Test
    void aCallIdOfAnyLengthHasRoomBeforeTheLongestFrame() {
        String callId = "x".repeat(5000);
        Feed feed = new Feed(MediaFeed.PCM.withHeader(Header.LINE_AND_CALL_ID_TEXT, 1, callId).withMarks(true), Side.INCOMING,
                new CallPort(), outlet);
        feed.begin();
        feed.push(new short[Bridge.MAX_FRAME], Bridge.MAX_FRAME, true);
        feed.end();
        assertEquals(List.of(5006, 5003 + 2 * Bridge.MAX_FRAME, 5006, -1), sizes);
    }

    @Test
    void packetsThatNoNetworkCarriesAreLeftOut() {
        Feed feed = new Feed(MediaFeed.PCM.withForm(Form.RTP).withHeader(Header.LINE_BYTE, 1, ""), Side.INCOMING, new CallPort(), outlet);
        feed.packet(Side.INCOMING, new byte[3000], 0, 3000, 12);
        feed.packet(Side.OUTGOING, new byte[172], 0, 172, 12);
        feed.packet(Side.INCOMING, new byte[172], 0, 172, 12);
        assertEquals(List.of(173), sizes);
    }
}
