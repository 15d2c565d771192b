#include "shared/base/hash.hpp"

#include <openssl/evp.h>

#include "shared/base/check.hpp"

namespace hoso {

struct Sha256::Engine {
    Engine() : method(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context(EVP_MD_CTX_new()) { CHECK(method && context); }
    ~Engine() {
        EVP_MD_CTX_free(context);
        EVP_MD_free(method);
    }
    EVP_MD* method;
    EVP_MD_CTX* context;
};

Sha256::Sha256() : engine_(std::make_unique<Engine>()) {
    CHECK(EVP_DigestInit_ex2(engine_->context, engine_->method, nullptr) == 1);
}
Sha256::~Sha256() = default;

void Sha256::add(ByteSpan bytes) { CHECK(EVP_DigestUpdate(engine_->context, bytes.data(), bytes.size()) == 1); }

Hash Sha256::finish() {
    Hash hash;
    CHECK(EVP_DigestFinal_ex(engine_->context, hash.bytes.data(), nullptr) == 1);
    CHECK(EVP_DigestInit_ex2(engine_->context, engine_->method, nullptr) == 1);
    return hash;
}

// Fetching the method and making a context costs twice the hash of a small record; each thread keeps its own.
Hash sha256(std::initializer_list<ByteSpan> parts) {
    thread_local Sha256 hash;
    for (const ByteSpan part : parts) hash.add(part);
    return hash.finish();
}

Hash sha256(ByteSpan bytes) { return sha256({bytes}); }

}  // namespace hoso
