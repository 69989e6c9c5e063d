package io.earshot.transport.tunnel;

import io.earshot.api.id.IdSource;
import java.nio.ByteBuffer;

/**
 * Two connections with HTTP requests, one for each direction: either one request and one response without end, or short ones one after the
 * other, where what comes in is asked for and the gateway answers when there is something.
 */
final class HttpCarrier implements Carrier, Lane.Owner {
    private static final int ID_BITS = 128;

    private final boolean streaming;
    private final Carrier.Owner owner;
    private final Lane up;
    private final Lane down;
    private int connected;
    private boolean open;
    private boolean waiting;
    private boolean over;

    HttpCarrier(Dialer dialer, boolean streaming, IdSource ids, Carrier.Owner owner) {
        this.streaming = streaming;
        this.owner = owner;
        String id = ids.token(ID_BITS);
        up = new Lane(dialer, id, this);
        down = new Lane(dialer, id, this);
    }

    @Override
    public void connected(Lane lane) {
        connected++;
        if (connected < 2) {
            return;
        }
        if (streaming) {
            up.stream("up");
            down.post("down", ByteBuffer.allocate(0));
        } else {
            poll();
            open = true;
            owner.opened(this);
        }
    }

    private void poll() {
        down.post("poll", ByteBuffer.allocate(0));
    }

    @Override
    public void begun(Lane lane) {
        if (streaming && lane == down && !open) {
            open = true;
            owner.opened(this);
        }
    }

    @Override
    public void received(Lane lane, ByteBuffer part) {
        if (lane == down) {
            owner.received(this, part);
        }
    }

    @Override
    public void ended(Lane lane) {
        if (over) {
            return;
        }
        if (streaming) {
            broken(lane, "the gateway ended the stream");
        } else if (lane == down) {
            poll();
        } else {
            waiting = false;
            owner.writable(this);
        }
    }

    @Override
    public void writable(Lane lane) {
        if (streaming && open && lane == up) {
            owner.writable(this);
        }
    }

    @Override
    public void broken(Lane lane, String reason) {
        if (!over) {
            close();
            owner.lost(this, reason, connected > 0);
        }
    }

    @Override
    public boolean isWritable() {
        return open && !over && !waiting && up.isWritable();
    }

    @Override
    public void write(ByteBuffer bytes) {
        if (streaming) {
            up.part(bytes);
        } else {
            waiting = true;
            up.post("packet", bytes);
        }
    }

    @Override
    public void close() {
        over = true;
        up.close();
        down.close();
    }
}
