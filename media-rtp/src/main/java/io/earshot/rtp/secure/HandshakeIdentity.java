package io.earshot.rtp.secure;

/** Who we are in handshakes, a certificate and its key for example: known to the provider that made it only. */
public interface HandshakeIdentity { }
