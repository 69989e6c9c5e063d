package io.earshot.control.net;

import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;

/**
 * The way back to a web client.
 *
 * @param over hears that the answer was written
 */
record Answering(ChannelHandlerContext context, Reply reply, Runnable over) {
    void text(int status, String body) {
        text(status, Reply.TEXT, body);
    }

    void text(int status, String type, String body) {
        send(status, type, body.getBytes(StandardCharsets.UTF_8), "");
    }

    void send(int status, String type, byte[] body, String location) {
        reply.send(context, status, type, body, location);
        over.run();
    }
}
