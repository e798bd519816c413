/** Records of the contract and of stores, mapped to those of the domain and back, and vectors as bytes. */
package dev.kombo.serde;
