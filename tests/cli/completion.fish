# What fish offers for each line of stdin, as `LINE=> CANDIDATES`: fish completion.fish SCRIPT
source $argv[1]
while read -l -d \n typed
    set -l offered (complete -C "$typed" | string replace -r '\t.*' '' | sort -u)
    echo "$typed=> $offered"
end
