#pragma once

#include <filesystem>
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"
#include "shared/base/signature.hpp"

// Where secrets and randomness come from.
namespace hoso::io {

void start_sodium();  // before libsodium is used for secrets; everything below does so itself

// Fresh from the operating system. uuid_v7: RFC 9562, monotonic within the process for one `now`.
SigningKey new_signing_key();
BoxPrivateKey new_box_key();
Hash random_hash();
Uuid uuid_v7(Instant now);
Bytes seal_box(const BoxPublicKey& to, ByteSpan plain);  // crypto_box_seal

// A device's key: file mode 0600. Errc::exists rather than overwrite.
Result<void> save_key(const std::filesystem::path& file, const SigningKey& key);
Result<SigningKey> load_key(const std::filesystem::path& file);

// An officer's key under a passphrase: XChaCha20-Poly1305, key by argon2id. `work` may lower the cost for training logs only.
enum class Work { full, training };  // full: 64 MiB, t = 3; training: the least libsodium allows
Result<void> save_locked_key(const std::filesystem::path& file, const SigningKey& key, std::string_view passphrase, Work work);
Result<SigningKey> load_locked_key(const std::filesystem::path& file,
                                   std::string_view passphrase);  // Errc::denied: wrong passphrase

// Whole-file helpers: write is to a temporary name, synced, renamed, and the folder synced.
Result<void> write_file(const std::filesystem::path& file, ByteSpan bytes, int mode);
Result<void> write_new_file(const std::filesystem::path& file, ByteSpan bytes, int mode);  // Errc::exists rather than replace
Result<void> sync_folder(const std::filesystem::path& folder);                             // the names in it are durable on return
Result<Bytes> read_file(const std::filesystem::path& file, std::size_t bytes_max);         // Errc::not_found, limit

}  // namespace hoso::io
