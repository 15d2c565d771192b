#pragma once

#include <string>
#include <string_view>

namespace hoso::domain {

// Where a reader of a rule file stands, and the first fault it met.
class Finding {
public:
    // One step down; undone when it goes.
    class Step {
    public:
        Step(std::string& path, std::size_t length) : path_(path), length_(length) {}
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step() { path_.resize(length_); }

    private:
        std::string& path_;
        std::size_t length_;
    };
    [[nodiscard]] Step at(std::string_view field) {
        const std::size_t length = path_.size();
        if (!path_.empty()) path_ += '.';
        path_ += field;
        return {path_, length};
    }
    [[nodiscard]] Step at(std::size_t index) {
        const std::size_t length = path_.size();
        path_ += '[';
        path_ += std::to_string(index);
        path_ += ']';
        return {path_, length};
    }

    // False, so that a reader can say `return finding.fail(...)`.
    bool fail(std::string_view words) {
        if (fault_.empty()) {
            fault_ = path_.empty() ? "the rule set" : path_;
            fault_ += ": ";
            fault_ += words;
        }
        return false;
    }
    bool fail_at(std::string_view field, std::string_view words) {
        const auto here = at(field);
        return fail(words);
    }
    bool expect(bool holds, std::string_view words) { return holds || fail(words); }
    bool fine() const { return fault_.empty(); }
    const std::string& fault() const { return fault_; }

private:
    std::string path_;
    std::string fault_;
};

}  // namespace hoso::domain
