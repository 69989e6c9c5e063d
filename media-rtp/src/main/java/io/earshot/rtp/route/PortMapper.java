package io.earshot.rtp.route;

import java.net.InetSocketAddress;

/**
 * Asks the router of this machine's network to pass on to us what comes to ports of its own (PCP, NAT-PMP, UPnP). Sans-IO: after each call
 * drain {@link #poll} until {@link MapperOutput.Wait}. For one thread. All times are in ns.
 */
public interface PortMapper {
    /** Asks for a UDP port of ours; {@link MapperOutput.Mapped} or {@link MapperOutput.Unmapped} comes, at once where it is known. */
    void map(int port, long now);

    /** Gives the router's port for this port of ours back, as far as it takes that; what it answers does not matter. */
    void unmap(int port, long now);

    /** Asks the router for all ports anew, as it may have restarted. */
    void check(long now);

    /** Takes a datagram of the socket that {@link MapperOutput.Transmit} went out from. */
    void received(InetSocketAddress source, byte[] data, long now);

    /**
     * Takes the answer to {@link MapperOutput.Http}.
     *
     * @param status 0 where none came
     */
    void answered(int request, int status, String body, long now);

    /** Does what is due. */
    void onTime(long now);

    /** Returns the next output; the last is {@link MapperOutput.Wait}. */
    MapperOutput poll();

    /** Gives all ports back. */
    void close(long now);
}
