package io.earshot.control.net;

import io.earshot.control.ControlConfig;
import io.earshot.control.ControlLimits;
import io.earshot.control.desk.Desk;
import io.earshot.control.text.RequestReader;
import io.earshot.control.web.Guard;
import io.earshot.control.web.RestDoor;
import io.netty.channel.ChannelHandlerContext;

/** What all handlers share. */
record Hub(Desk desk, Guard guard, RestDoor rest, RequestReader reader, ControlConfig config, Meter.Total pending) {
    ControlLimits limits() {
        return config.limits();
    }

    static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }
}
