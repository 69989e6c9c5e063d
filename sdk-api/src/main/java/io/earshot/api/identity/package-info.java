/** Who a caller is, as far as somebody vouches for it (STIR/SHAKEN: RFC 8224, RFC 8225, RFC 8588). */
package io.earshot.api.identity;
