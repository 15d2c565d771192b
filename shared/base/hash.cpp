#include "shared/base/hash.hpp"

#include <openssl/evp.h>

#include <memory>

#include "shared/base/check.hpp"

namespace hoso {
namespace {

struct Sha256 {
    Sha256() : method(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context(EVP_MD_CTX_new()) { CHECK(method && context); }
    ~Sha256() {
        EVP_MD_CTX_free(context);
        EVP_MD_free(method);
    }
    EVP_MD* method;
    EVP_MD_CTX* context;
};

}  // namespace

// Fetching the method and making a context costs twice the hash of a small record; each thread keeps its own.
Hash sha256(std::initializer_list<ByteSpan> parts) {
    thread_local Sha256 engine;
    Hash hash;
    CHECK(EVP_DigestInit_ex2(engine.context, engine.method, nullptr) == 1);
    for (const ByteSpan part : parts) CHECK(EVP_DigestUpdate(engine.context, part.data(), part.size()) == 1);
    CHECK(EVP_DigestFinal_ex(engine.context, hash.bytes.data(), nullptr) == 1);
    return hash;
}

Hash sha256(ByteSpan bytes) { return sha256({bytes}); }

}  // namespace hoso
