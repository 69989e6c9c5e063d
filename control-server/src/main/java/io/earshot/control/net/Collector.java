package io.earshot.control.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.Optional;

/** Collects whole requests, and tells who sends too much that it is too much. */
final class Collector extends HttpObjectAggregator {
    Collector(int most) {
        super(most, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        new Reply(false, Optional.empty(), false).send(context, 413, Reply.TEXT,
                "ERROR: the request is too long: at most " + maxContentLength() + " bytes are allowed\n");
    }
}
