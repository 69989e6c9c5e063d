/**
 * As much of XML as presence documents need, made for hostile senders: no document types, so neither entities nor anything fetched, and
 * every size has a limit. Elements and attributes go by their local names; namespaces are kept and not demanded. No method takes or
 * returns {@code null}.
 */
package io.earshot.sip.xml;
