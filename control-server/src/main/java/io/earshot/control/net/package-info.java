/** The sockets: thin handlers on Netty's one thread, which is also the desk's. */
package io.earshot.control.net;
