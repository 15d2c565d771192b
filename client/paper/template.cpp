#include "client/paper/template.hpp"

#include "client/paper/plain_text.hpp"

namespace hoso::client::paper {
namespace {

Error wrong(std::string_view what) { return {Errc::internal, "A template of the papers: " + std::string(what) + "."}; }

class Filler {
public:
    explicit Filler(const Filling& with) : with_(with) {}

    Result<void> fill(std::string_view xml, const Filling::Texts* row) {
        while (true) {
            const auto open = xml.find("{{");
            made_ += xml.substr(0, open);
            if (open == std::string_view::npos) return {};
            const auto close = xml.find("}}", open);
            if (close == std::string_view::npos) return wrong("a key does not end");
            const std::string_view key = xml.substr(open + 2, close - open - 2);
            xml.remove_prefix(close + 2);
            if (!key.starts_with('#')) {
                if (auto put = text(key, row); !put) return put;
            } else if (auto filled = list(key.substr(1), row, xml); !filled) {
                return filled;
            }
        }
    }
    std::string take() { return std::move(made_); }

private:
    Result<void> text(std::string_view key, const Filling::Texts* row) {
        for (const Filling::Texts* texts : {row, &with_.texts}) {
            if (!texts) continue;
            const auto found = texts->find(key);
            if (found == texts->end()) continue;
            made_ += escaped(found->second);
            return {};
        }
        return wrong("there is no " + std::string(key));
    }

    Result<void> list(std::string_view key, const Filling::Texts* row, std::string_view& xml) {
        const std::string end = "{{/" + std::string(key) + "}}";
        const auto at = xml.find(end);
        const auto rows = with_.lists.find(key);
        if (row || at == std::string_view::npos || rows == with_.lists.end())
            return wrong("the list " + std::string(key) + " does not hold");
        for (const Filling::Texts& each : rows->second) {
            if (auto filled = fill(xml.substr(0, at), &each); !filled) return filled;
        }
        xml.remove_prefix(at + end.size());
        return {};
    }

    const Filling& with_;
    std::string made_;
};

}  // namespace

std::string escaped(std::string_view text) {
    std::string made;
    for (const char letter : plain_text(text)) {
        switch (letter) {
            case '&': made += "&amp;"; break;
            case '<': made += "&lt;"; break;
            case '>': made += "&gt;"; break;
            case '"': made += "&quot;"; break;
            case '\'': made += "&apos;"; break;
            default: made += letter;
        }
    }
    return made;
}

Result<std::string> fill(std::string_view xml, const Filling& with) {
    Filler filler(with);
    if (auto filled = filler.fill(xml, nullptr); !filled) return filled.error();
    return filler.take();
}

}  // namespace hoso::client::paper
