package io.earshot.benchmarks.load;

/** A program that answers every call, and registers accounts: what the load is put on. */
interface Callee extends AutoCloseable {
    /** Returns the UDP port it is called at, on 127.0.0.1. */
    int port();

    /** Registers so many accounts, one after the other, with the registrar at this port of 127.0.0.1; returns when all are registered. */
    void register(int accounts, int registrarPort) throws Exception;

    /** Returns how many calls are up. */
    int calls();

    @Override
    void close();
}
