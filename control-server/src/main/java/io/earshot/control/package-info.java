/**
 * The control server: the classic functions and notifications over UDP, TCP, HTTP, WebSocket and server-sent events, for programs in any
 * language. {@link io.earshot.control.ControlServer} is the door.
 */
package io.earshot.control;
