package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Request;
import io.earshot.sip.transaction.TransactionId;

/** A request that came in, with what is needed to answer it. */
record ServerRequest(TransactionId transaction, Request request, Flow flow) {
}
