#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::client {

// Values of sealed fields, with their salts: they stay on the desk that entered them, in private.ndjson (mode 0600).
class PrivateFields {
public:
    explicit PrivateFields(std::filesystem::path file) : file_(std::move(file)) {}
    // The commitment for the log; the value is kept once flush() returned.
    Hash seal(std::string_view field, std::string_view value);
    Result<void> flush();  // durable on return
    std::optional<std::string> open(const Hash& commitment) const;

private:
    void load() const;

    std::filesystem::path file_;
    std::string unwritten_;
    mutable bool loaded_ = false;
    mutable std::map<Hash, std::string> values_;
};

}  // namespace hoso::client
