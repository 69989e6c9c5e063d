/** Ways through NATs in offers and answers: servers by name, the attributes of SDP. */
package io.earshot.sdk.internal.route;
