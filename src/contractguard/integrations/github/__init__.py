"""The GitHub Action: `python -m contractguard.integrations.github`, started by action.yml at the top of the repository.

inputs.py reads what the workflow says, action.py runs the comparison, annotations.py chooses what is shown beside the lines
of a pull request, commands.py and files.py speak the two languages of GitHub's runner.
"""
