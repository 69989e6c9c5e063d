package io.earshot.transport.tunnel;

import java.nio.ByteBuffer;

/** A connection of a client to a gateway through HTTP, of one kind or another. Confined to Netty's thread. */
interface Carrier {
    /** Tells whether something can be written now without being held up in this process. */
    boolean isWritable();

    /** Sends bytes. */
    void write(ByteBuffer bytes);

    /** Ends it; nothing more is told. */
    void close();

    /** What becomes of it. */
    interface Owner {
        /** It can be used. */
        void opened(Carrier carrier);

        /** Bytes came. */
        void received(Carrier carrier, ByteBuffer bytes);

        /** It can take something again. */
        void writable(Carrier carrier);

        /**
         * It is gone, or could not be had.
         *
         * @param reason a sentence
         * @param reached whether there was a connection, so that another kind of carrier may do better
         */
        void lost(Carrier carrier, String reason, boolean reached);
    }
}
