package io.earshot.control.desk;

/** How a command came. */
public enum Caller {
    UDP, TCP, HTTP, WEBSOCKET;

    /** Tells whether notifications go out the same way by themselves. */
    boolean isSocket() {
        return this == UDP || this == TCP;
    }
}
