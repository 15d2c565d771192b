#include "client/views/rule_words.hpp"

namespace hoso::client::views {

std::string rule_word(Language language, const domain::Registry& registry, std::string_view key, std::string_view value) {
    if (key == "stage" || key == "stage_before") return called(language, registry, &domain::RuleSet::stages, value);
    if (key == "set") return called(language, registry, &domain::RuleSet::product_sets, value);
    if (key == "document") {
        const std::string content = called(language, registry, &domain::RuleSet::contents, value);
        return content == value ? called(language, registry, &domain::RuleSet::evidence, value) : content;
    }
    if (key == "subject_type" || key == "type") return called(language, registry, &domain::RuleSet::subject_types, value);
    if (key == "ground") return called(language, registry, &domain::RuleSet::grounds, value);
    return std::string(value);
}

}  // namespace hoso::client::views
