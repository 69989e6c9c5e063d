/** Uploads by HTTP. */
package io.earshot.upload.http;
