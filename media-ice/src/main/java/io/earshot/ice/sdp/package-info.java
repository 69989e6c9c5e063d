/** The attributes of ICE in SDP: RFC 8839, RFC 8840. Works on attribute values, and so on any SDP implementation. */
package io.earshot.ice.sdp;
