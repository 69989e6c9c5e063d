/** Uploads by FTP. */
package io.earshot.upload.ftp;
