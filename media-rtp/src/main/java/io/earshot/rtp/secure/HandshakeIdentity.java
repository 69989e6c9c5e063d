package io.earshot.rtp.secure;

/** A certificate and its key, known to the provider that made it only. Immutable. */
public interface HandshakeIdentity { }
