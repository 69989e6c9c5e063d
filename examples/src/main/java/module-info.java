/** Programs to start from. They need the API only; engine, transport and codec are found at run time. */
module io.earshot.examples {
    requires io.earshot.api;
}
